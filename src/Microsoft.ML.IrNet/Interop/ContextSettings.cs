using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Interop;

/// <summary>What an <see cref="MLContext"/> lets its user set, which ML.NET keeps internal.</summary>
internal static class ContextSettings
{
    /// <summary>The environment behind a catalog of transforms.</summary>
    public static IHostEnvironment GetEnvironment(TransformsCatalog catalog) => CatalogUtils.GetEnvironment(catalog);

    /// <summary>The environment behind a catalog of trainers and evaluators.</summary>
    public static IHostEnvironment GetEnvironment(TrainCatalogBase catalog) => CatalogUtils.GetEnvironment(catalog);

    /// <summary>The environment behind a catalog of trainers.</summary>
    public static IHostEnvironment GetEnvironment(TrainCatalogBase.CatalogInstantiatorBase catalog) => CatalogUtils.GetEnvironment(catalog);

    /// <summary>The seed the context was made with; null where it has none.</summary>
    public static int? Seed(IHostEnvironment environment) => ((IHostEnvironmentInternal)environment).Seed;

    /// <summary>The CUDA device the context asks for; null for the CPU.</summary>
    public static int? GpuDeviceId(IHostEnvironment environment) => ((IHostEnvironmentInternal)environment).GpuDeviceId;

    /// <summary>Whether the CPU serves where the CUDA device cannot.</summary>
    public static bool FallbackToCpu(IHostEnvironment environment) => ((IHostEnvironmentInternal)environment).FallbackToCpu;

    /// <summary>Where temporary files go.</summary>
    public static string TemporaryFolder(IHostEnvironment environment) => ((IHostEnvironmentInternal)environment).TempFilePath;

    /// <summary>Whether what runs in the context was asked to stop.</summary>
    public static bool IsCanceled(IHostEnvironment environment) => environment is ICancelable { IsCanceled: true };
}
