using System.Diagnostics;
using Spectre.Console;

namespace IrNetTool.Progress;

/// <summary>Progress as a bar a stage, for a terminal.</summary>
internal sealed class LiveProgress(ProgressContext context, IAnsiConsole console) : IProgressView
{
    // Narrow, so that title, rate and time left fit beside it into 80 columns.
    private const int BarWidth = 12;

    private readonly Stopwatch _sinceStart = new();
    private string _title = "";
    private ProgressTask? _task;
    private Pace _pace = new(0);

    /// <summary>Does work and shows its progress.</summary>
    public static Task<T> FollowAsync<T>(IAnsiConsole console, Func<IProgressView, Task<T>> work) => console.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth }, new PercentageColumn())
        .StartAsync(context => work(new LiveProgress(context, console)));

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
