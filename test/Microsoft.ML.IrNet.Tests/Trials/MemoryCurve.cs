namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Resident memory after each tenth of so much work.</summary>
internal sealed class MemoryCurve(int work)
{
    private const int Points = 10;

    // The allocators of .NET and torch give memory back when they like.
    private const double Slack = 1.1;

    private readonly List<double> _megabytes = [];

    public void Add(long done)
    {
        if (done * Points / work > _megabytes.Count)
            _megabytes.Add(Environment.WorkingSet / 1e6);
    }

    /// <summary>Asserts that the second half of the work needed no more than the first.</summary>
    public void RequireFlat() => Assert.True(_megabytes[(Points / 2)..].Max() <= Slack * _megabytes[..(Points / 2)].Max(), $"resident MB: {this}");

    public override string ToString() => string.Join(", ", _megabytes.Select(megabytes => $"{megabytes:F0}"));
}
