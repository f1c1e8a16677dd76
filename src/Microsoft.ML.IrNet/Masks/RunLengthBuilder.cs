namespace Microsoft.ML.IrNet.Masks;

/// <summary>Collects column-major pixels into run lengths, zeros first.</summary>
internal sealed class RunLengthBuilder
{
    private readonly List<uint> _counts = [];
    private uint _run;
    private bool _inside;

    /// <summary>Appends pixels of one value; none change nothing.</summary>
    public void Add(bool inside, uint length)
    {
        if (length == 0)
            return;
        if (inside != _inside)
        {
            _counts.Add(_run);
            (_run, _inside) = (0, inside);
        }
        _run += length;
    }

    /// <summary>The counts of all that was added.</summary>
    public uint[] ToCounts() => [.. _counts, _run];
}
