using BenchmarkDotNet.Attributes;
using Microsoft.ML.IrNet.Interop;

namespace Microsoft.ML.IrNet.Benchmarks;

/// <summary>One benchmark a row.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class StageBenchmarks
{
    private Row? _row;

    public static IEnumerable<string> Names => Rows.All.Keys;

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        NativeHeap.KeepFreed();
        _row = Rows.All[Name]();
    }

    [Benchmark]
    public void Stage() => _row!.Run();

    [GlobalCleanup]
    public void CleanUp() => _row?.Dispose();
}
