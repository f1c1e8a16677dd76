using System.Diagnostics;
using TorchSharp;

namespace Microsoft.ML.IrNet.Benchmarks;

/// <summary>What the machine can do at this moment, to hold the rows against.</summary>
internal static class Yardstick
{
    private const int Rounds = 5;

    /// <summary>A matrix product of torch, 1e9 operations a second, best of a few.</summary>
    public static double GemmGflops()
    {
        const int Side = 2048;
        using var scope = torch.NewDisposeScope();
        torch.Tensor left = torch.rand(Side, Side), right = torch.rand(Side, Side);
        return 2.0 * Side * Side * Side / Best(() => torch.mm(left, right).Dispose()) / 1e9;
    }

    /// <summary>A copy by torch on all cores, 1e9 bytes read and written a second, best of a few.</summary>
    public static double MemoryGBs()
    {
        const long Values = 64_000_000;
        using var scope = torch.NewDisposeScope();
        torch.Tensor source = torch.ones(Values), target = torch.zeros(Values);
        return 2 * sizeof(float) * Values / Best(() => target.copy_(source)) / 1e9;
    }

    private static double Best(Action action)
    {
        action();
        double best = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}
