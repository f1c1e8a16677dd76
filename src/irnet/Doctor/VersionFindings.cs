using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Segmentation;
using SkiaSharp;

namespace IrNetTool.Doctor;

/// <summary>Which versions of this program and of what it stands on are here. None of it loads a native library.</summary>
internal static class VersionFindings
{
    public static IEnumerable<Finding> Examine() =>
    [
        Of("irnet", typeof(VersionFindings)),
        Of("Microsoft.ML.IrNet", typeof(IrNetCatalog)),
        Of("Microsoft.ML.IrNet.Segmentation", typeof(SegmentationCatalog)),
        Of("ML.NET", typeof(MLContext)),
        Of("SkiaSharp", typeof(SKBitmap)),
        Of("TorchSharp", typeof(TorchSharp.torch)),
    ];

    private static Finding Of(string subject, Type type)
    {
        Assembly assembly = type.Assembly;
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? $"{assembly.GetName().Version}";
        return new Finding(subject, version);
    }
}
