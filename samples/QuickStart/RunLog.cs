using System.Diagnostics;
using Microsoft.ML.IrNet.Runs;

namespace QuickStart;

/// <summary>Prints how far the run is.</summary>
internal sealed class RunLog : IRunObserver
{
    private readonly Stopwatch _sincePrinted = new();

    public void Started(RunStage stage, long total)
    {
        Console.WriteLine($"{stage.Title()}: {total} {stage.Unit()}");
        _sincePrinted.Restart();
    }

    public void Advanced(RunStage stage, long done, long total, string detail)
    {
        if (_sincePrinted.Elapsed < TimeSpan.FromSeconds(5))
            return;
        Console.WriteLine($"  {done} of {total}  {detail}");
        _sincePrinted.Restart();
    }

    public void Finished(RunStage stage, TimeSpan duration, bool reused) => Console.WriteLine($"  done in {duration.TotalSeconds:F0} s");

    public void Warn(string message) => Console.WriteLine($"  {message}");
}
