using Microsoft.ML.IrNet;
namespace IrNetTool.Progress;

/// <summary>How fast work goes and how long the rest will take.</summary>
internal readonly record struct Pace(long Done, long Total, TimeSpan Elapsed)
{
    public double PerSecond => Elapsed > TimeSpan.Zero ? Done / Elapsed.TotalSeconds : 0;

    public TimeSpan Left => PerSecond > 0 ? TimeSpan.FromSeconds((Total - Done) / PerSecond) : TimeSpan.Zero;

    public override string ToString() =>
        $"{(PerSecond >= 1 ? $"{PerSecond:F1}/s" : $"{(PerSecond > 0 ? 1 / PerSecond : 0):F1} s each")}  {Left:hh\\:mm\\:ss} left";
}
