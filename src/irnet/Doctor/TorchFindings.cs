using System.Diagnostics;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Interop;
using TorchSharp;

namespace IrNetTool.Doctor;

/// <summary>Whether torch's native library loads, which one it is, and what it finds to compute on.</summary>
internal static class TorchFindings
{
    private const string DriverFolder = "/proc/driver/nvidia/gpus";

    public static IEnumerable<Finding> Examine() => Loading() is { } problem ? [problem, .. Driver(usable: false)] : Loaded();

    private static Finding? Loading()
    {
        try
        {
            NativeTorch.Require();
            return null;
        }
        catch (Exception error) when (error is TorchBackendException or TypeInitializationException or DllNotFoundException or BadImageFormatException)
        {
            return new Finding("torch", $"does not load ({error.Message.TrimEnd('.')})", FindingKind.Problem, "docs/packages.md says which packages of the tool have a backend");
        }
    }

    // A method of its own: touching torch's types loads it.
    private static IEnumerable<Finding> Loaded()
    {
        bool cuda = torch.cuda.is_available();
        yield return new Finding("torch", $"{torch.__version__}, {(cuda ? "CUDA" : "CPU")}, {torch.get_num_threads()} threads");
        foreach (string library in Libraries())
            yield return new Finding("loaded from", library);
        if (NativeTorch.PrivateCopy is { } copy)
            yield return new Finding("this system's libstdc++", $"lacks {NativeTorch.UnusedVersion}, which TorchSharp's library demands without using it: a copy that does not serves, {copy}");
        for (int i = 0; cuda && i < torch.cuda.device_count(); i++)
            yield return new Finding("device", $"cuda:{i}");
        foreach (Finding finding in Driver(cuda))
            yield return finding;
    }

    private static IEnumerable<string> Libraries()
    {
        using Process self = Process.GetCurrentProcess();
        return [.. self.Modules.Cast<ProcessModule>().Select(module => module.FileName).Where(file => Path.GetFileName(file).Contains("torch_c", StringComparison.Ordinal)).Distinct()];
    }

    // TorchSharp has no names of devices; the driver of Linux lists them.
    private static IEnumerable<Finding> Driver(bool usable)
    {
        if (!Directory.Exists(DriverFolder))
            return [];
        IEnumerable<string> models = Directory.EnumerateFiles(DriverFolder, "information", SearchOption.AllDirectories).SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("Model:", StringComparison.Ordinal)).Select(line => line["Model:".Length..].Trim());
        return models.Select(model => usable
            ? new Finding("GPU", model)
            : new Finding("GPU", model, FindingKind.Note, "torch does not use it; for CUDA build with -p:TorchBackend=cuda"));
    }
}
