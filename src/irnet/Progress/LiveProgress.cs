using System.Diagnostics;
using Spectre.Console;

namespace IrNetTool.Progress;

/// <summary>Progress as a bar a stage, for a terminal.</summary>
internal sealed class LiveProgress(ProgressContext context, IAnsiConsole console) : IProgressView
{
    private readonly Stopwatch _sinceStart = new();
    private string _title = "";
    private ProgressTask? _task;
    private Pace _pace = new(0);

    public void Begin(string title, long total, string unit)
    {
        (_title, _pace) = (Markup.Escape(title), new Pace(total));
        _task = context.AddTask(_title, maxValue: Math.Max(total, 1));
        _task.IsIndeterminate = total == 0;
        _sinceStart.Restart();
    }

    public void Advance(long done, string detail)
    {
        if (_task is null)
            return;
        _task.Value = done;
        _task.Description = $"{_title} [grey]{_pace.Mark(done)}[/]";
    }

    public void End(string outcome)
    {
        if (_task is not null)
            Stop(_task, $"{_title} [grey]{Markup.Escape(outcome)} in {_sinceStart.Elapsed.TotalSeconds:F1} s[/]");
    }

    public void Pass(string title, string outcome) => Stop(context.AddTask(Markup.Escape(title)), $"{Markup.Escape(title)} [grey]{Markup.Escape(outcome)}[/]");

    public void Warn(string message) => console.MarkupLineInterpolated($"[yellow]warning:[/] {message}");

    private static void Stop(ProgressTask task, string description)
    {
        (task.IsIndeterminate, task.Description) = (false, description);
        task.Value = task.MaxValue;
        task.StopTask();
    }
}
