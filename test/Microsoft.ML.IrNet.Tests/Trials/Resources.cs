using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>What a process holds that only it can give back.</summary>
/// <param name="Tensors">Live tensors.</param>
/// <param name="Handles">Open files; 0 where the system does not list them.</param>
internal sealed record Resources(long Tensors, int Handles)
{
    /// <summary>What it holds once the garbage collector has taken what nobody needs.</summary>
    public static Resources Now()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return new Resources(torch.Tensor.TotalCount, Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : 0);
    }
}
