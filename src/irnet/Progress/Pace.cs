using System.Diagnostics;

namespace IrNetTool.Progress;

/// <summary>
/// How fast a stage goes and how long the rest will take. Measured from the first unit on: what came before it may be an earlier run's work or the warming up.
/// </summary>
internal sealed class Pace(long total)
{
    private readonly Stopwatch _watch = new();
    private long _first;

    /// <summary>Takes in how much is done and says rate and time left, as far as known.</summary>
    public string Mark(long done)
    {
        if (!_watch.IsRunning)
        {
            _first = done;
            _watch.Start();
        }
        return Text(done - _first, total - done, _watch.Elapsed);
    }

    /// <summary>Rate and time left as text; empty where nothing can be said yet.</summary>
    /// <param name="measured">Units done while measuring.</param>
    /// <param name="left">Units still to do.</param>
    /// <param name="elapsed">How long the measured units took.</param>
    public static string Text(long measured, long left, TimeSpan elapsed)
    {
        if (measured <= 0 || elapsed <= TimeSpan.Zero)
            return "";
        double seconds = elapsed.TotalSeconds / measured;
        string rate = seconds > 1 ? $"{seconds:F1} s each" : $"{1 / seconds:F1}/s";
        if (left < 0)
            return rate;
        TimeSpan rest = TimeSpan.FromSeconds(Math.Round(left * seconds));
        return $"{rate}  {(long)rest.TotalHours:00}:{rest:mm\\:ss} left";
    }
}
