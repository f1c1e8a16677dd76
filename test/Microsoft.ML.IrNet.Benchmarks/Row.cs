namespace Microsoft.ML.IrNet.Benchmarks;

/// <summary>A stage, ready to run.</summary>
/// <param name="Run">Runs it once.</param>
/// <param name="Held">What to dispose of when it has been measured.</param>
internal sealed record Row(Action Run, params IDisposable[] Held) : IDisposable
{
    public void Dispose()
    {
        foreach (IDisposable held in Held)
            held.Dispose();
    }
}
