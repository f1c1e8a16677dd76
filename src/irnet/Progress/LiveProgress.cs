using Microsoft.ML.IrNet;
using System.Diagnostics;
using Microsoft.ML.IrNet.Runs;
using Spectre.Console;

namespace IrNetTool.Progress;

/// <summary>Progress as a bar a stage, for a terminal.</summary>
internal sealed class LiveProgress(ProgressContext context) : IRunObserver
{
    private readonly Stopwatch _sinceStart = new();
    private ProgressTask? _task;

    public void Started(RunStage stage, long total)
    {
        _task = context.AddTask(stage.Title(), maxValue: Math.Max(total, 1));
        _sinceStart.Restart();
    }

    public void Advanced(RunStage stage, long done, long total, string detail)
    {
        if (_task is null)
            return;
        _task.Value = done;
        _task.Description = $"{stage.Title()} [grey]{new Pace(done, total, _sinceStart.Elapsed)}[/]";
    }

    public void Finished(RunStage stage, TimeSpan duration, bool reused)
    {
        if (_task is null)
            return;
        _task.Value = _task.MaxValue;
        _task.Description = reused ? $"{stage.Title()} [grey]by an earlier run[/]" : $"{stage.Title()} [grey]{duration.TotalSeconds:F1} s[/]";
        _task.StopTask();
    }

    public void Warn(string message) => AnsiConsole.MarkupLineInterpolated($"[yellow]warning:[/] {message}");
}
