using System.Diagnostics;
using System.Text.Json;
using Microsoft.ML.IrNet.Interop;

namespace Microsoft.ML.IrNet.Benchmarks;

/// <summary>Each row a few times: the best time, and the most memory of its first run.</summary>
internal static class QuickReport
{
    private const int MostRuns = 20;
    private static readonly TimeSpan TimeForRow = TimeSpan.FromSeconds(8);
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Run(IEnumerable<string> names, FileInfo? json)
    {
        NativeTorch.Require();
        var yardstick = new { GemmGflops = Yardstick.GemmGflops(), MemoryGBs = Yardstick.MemoryGBs() };
        Console.WriteLine($"yardstick: {yardstick.GemmGflops:F0} GFLOP/s in a matrix product, {yardstick.MemoryGBs:F1} GB/s in a copy");
        var rows = new Dictionary<string, Figures>();
        foreach (string name in names)
        {
            rows[name] = Measure(Rows.All[name]);
            Console.WriteLine(
                $"{name,-18} {rows[name].Seconds,8:F3} s {rows[name].ProcessorSeconds,8:F3} s of processors {rows[name].PeakMB,8:F0} MB  {rows[name].Runs} runs");
        }
        if (json is not null)
            File.WriteAllText(json.FullName, JsonSerializer.Serialize(new { yardstick, rows }, Format));
    }

    private static Figures Measure(Func<Row> prepare)
    {
        using Row row = prepare();
        double? peak = PeakMemory.During(row.Run);
        (double best, double leastProcessor) = (double.MaxValue, double.MaxValue);
        int runs = 0;
        for (long first = Stopwatch.GetTimestamp(); runs < MostRuns && (runs < 2 || Stopwatch.GetElapsedTime(first) < TimeForRow); runs++)
        {
            long start = Stopwatch.GetTimestamp();
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            row.Run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
            leastProcessor = Math.Min(leastProcessor, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        }
        return new Figures(best, leastProcessor, peak, runs);
    }

    /// <param name="Seconds">Of the fastest run.</param>
    /// <param name="ProcessorSeconds">Of all threads, in the run that took least: what other work on the machine changes less.</param>
    /// <param name="PeakMB">Held at most in the first run, beyond what was held before it.</param>
    /// <param name="Runs">Runs that were timed.</param>
    private sealed record Figures(double Seconds, double ProcessorSeconds, double? PeakMB, int Runs);
}
