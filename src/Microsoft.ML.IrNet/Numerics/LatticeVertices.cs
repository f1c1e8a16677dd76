namespace Microsoft.ML.IrNet.Numerics;

/// <summary>Numbers lattice vertices from 1 in the order they are met: an open-addressing hash table.</summary>
internal sealed class LatticeVertices
{
    private int[] _slots;
    private LatticeKey[] _keys;

    public LatticeVertices(int expected)
    {
        int capacity = (int)Math.Min(1 << 28, System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, expected)));
        _slots = new int[2 * capacity];
        _keys = new LatticeKey[capacity];
    }

    /// <summary>Vertices so far.</summary>
    public int Count { get; private set; }

    /// <summary>The key of a vertex.</summary>
    public LatticeKey this[int vertex] => _keys[vertex - 1];

    /// <summary>The vertex's number, or 0 where there is none.</summary>
    public int Find(LatticeKey key) => _slots[Slot(key)];

    /// <summary>The vertex's number, a new one where there was none.</summary>
    public int FindOrAdd(LatticeKey key)
    {
        int slot = Slot(key);
        if (_slots[slot] != 0)
            return _slots[slot];
        if (Count == _keys.Length)
        {
            Grow();
            slot = Slot(key);
        }
        _keys[Count++] = key;
        return _slots[slot] = Count;
    }

    private int Slot(LatticeKey key)
    {
        uint mask = (uint)_slots.Length - 1;
        uint slot = key.Hash & mask;
        while (_slots[slot] != 0 && _keys[_slots[slot] - 1] != key)
            slot = (slot + 1) & mask;
        return (int)slot;
    }

    private void Grow()
    {
        Array.Resize(ref _keys, 2 * _keys.Length);
        _slots = new int[2 * _keys.Length];
        for (int vertex = 1; vertex <= Count; vertex++)
            _slots[Slot(_keys[vertex - 1])] = vertex;
    }
}
