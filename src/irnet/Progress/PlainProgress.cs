using Microsoft.ML.IrNet;
using System.Diagnostics;
using Microsoft.ML.IrNet.Runs;

namespace IrNetTool.Progress;

/// <summary>Progress as lines, for logs and pipes: one every ten seconds, and one where a stage begins and ends.</summary>
internal sealed class PlainProgress(TextWriter output) : IRunObserver
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly Stopwatch _sinceStart = new();
    private readonly Stopwatch _sinceLine = new();

    public void Started(RunStage stage, long total)
    {
        output.WriteLine($"{stage.Title()}: {total} {stage.Unit()}");
        _sinceStart.Restart();
        _sinceLine.Restart();
    }

    public void Advanced(RunStage stage, long done, long total, string detail)
    {
        if (_sinceLine.Elapsed < Interval)
            return;
        _sinceLine.Restart();
        var pace = new Pace(done, total, _sinceStart.Elapsed);
        output.WriteLine($"{stage.Title()}: {done}/{total}  {pace}  {detail}");
    }

    public void Finished(RunStage stage, TimeSpan duration, bool reused) =>
        output.WriteLine(reused ? $"{stage.Title()}: done by an earlier run" : $"{stage.Title()}: done in {duration.TotalSeconds:F1} s");

    public void Warn(string message) => output.WriteLine($"warning: {message}");
}
