using System.Diagnostics;

namespace IrNetTool.Progress;

/// <summary>Progress as lines, for logs and pipes: one where a stage begins and ends, and one in each interval between.</summary>
internal sealed class PlainProgress(TextWriter output, TimeSpan interval) : IProgressView
{
    private readonly Stopwatch _sinceStart = new();
    private readonly Stopwatch _sinceLine = new();
    private string _title = "";
    private long _total;
    private Pace _pace = new(0);

    public void Begin(string title, long total, string unit)
    {
        (_title, _total, _pace) = (title, total, new Pace(total));
        output.WriteLine(total > 0 ? $"{title}: {total} {unit}" : title);
        _sinceStart.Restart();
        _sinceLine.Restart();
    }

    public void Advance(long done, string detail)
    {
        string pace = _pace.Mark(done);
        if (_sinceLine.Elapsed < interval)
            return;
        _sinceLine.Restart();
        string count = _total > 0 ? $"{done}/{_total}" : $"{done}";
        output.WriteLine($"{_title}: {string.Join("  ", new[] { count, pace, detail }.Where(part => part.Length > 0))}");
    }

    public void End(string outcome) => output.WriteLine($"{_title}: {outcome} in {_sinceStart.Elapsed.TotalSeconds:F1} s");

    public void Pass(string title, string outcome) => output.WriteLine($"{title}: {outcome}");

    public void Warn(string message) => output.WriteLine($"warning: {message}");
}
