namespace Microsoft.ML.IrNet.Masks;

/// <summary>Walks two run-length masks of one size side by side, in stretches over which neither changes.</summary>
internal ref struct RunLengthWalk(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
{
    private readonly ReadOnlySpan<uint> _a = a, _b = b;
    private int _nextA, _nextB;
    private uint _leftA, _leftB;

    /// <summary>Pixels in the stretch; at least 1.</summary>
    public uint Length { get; private set; }

    /// <summary>Whether the first mask holds the stretch.</summary>
    public readonly bool InA => _nextA % 2 == 0;

    /// <summary>Whether the second mask holds the stretch.</summary>
    public readonly bool InB => _nextB % 2 == 0;

    public bool MoveNext()
    {
        _leftA -= Length;
        _leftB -= Length;
        while (_leftA == 0 && _nextA < _a.Length)
            _leftA = _a[_nextA++];
        while (_leftB == 0 && _nextB < _b.Length)
            _leftB = _b[_nextB++];
        Length = Math.Min(_leftA, _leftB);
        return Length > 0;
    }
}
