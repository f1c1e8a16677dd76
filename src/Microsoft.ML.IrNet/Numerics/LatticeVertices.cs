using System.Numerics;

namespace Microsoft.ML.IrNet.Numerics;

/// <summary>Numbers lattice vertices from 1 in the order they are met: an open-addressing hash table.</summary>
internal sealed class LatticeVertices
{
    private Slot[] _slots;
    private LatticeKey[] _keys;
    private int _shift;

    public LatticeVertices(int expected)
    {
        uint capacity = Math.Min(1u << 28, BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, expected)));
        _slots = new Slot[2 * capacity];
        _keys = new LatticeKey[capacity];
        _shift = 64 - BitOperations.Log2((uint)_slots.Length);
    }

    /// <summary>Vertices so far.</summary>
    public int Count { get; private set; }

    /// <summary>The keys of vertices 1, 2, ...</summary>
    public ReadOnlySpan<LatticeKey> Keys => _keys.AsSpan(0, Count);

    /// <summary>The vertices' numbers, 0 for those that are not there.</summary>
    public void Find(ReadOnlySpan<LatticeKey> keys, Span<int> vertices)
    {
        Peek(keys, vertices);
        for (int i = 0; i < keys.Length; i++)
            if (vertices[i] == 0)
                vertices[i] = _slots[SlotOf(keys[i])].Vertex;
    }

    /// <summary>The vertices' numbers, new ones for those that were not there.</summary>
    public void FindOrAdd(ReadOnlySpan<LatticeKey> keys, Span<int> vertices)
    {
        Peek(keys, vertices);
        for (int i = 0; i < keys.Length; i++)
            if (vertices[i] == 0)
                vertices[i] = FindOrAdd(keys[i]);
    }

    /// <summary>
    /// Most keys lie in the slot where they belong. Asking there first, without a branch that waits for the answer, lets the processor fetch many slots at once.
    /// </summary>
    private void Peek(ReadOnlySpan<LatticeKey> keys, Span<int> vertices)
    {
        Slot[] slots = _slots;
        for (int i = 0; i < keys.Length; i++)
        {
            ref readonly Slot slot = ref slots[(int)(keys[i].Hash >> _shift)];
            vertices[i] = slot.Vertex & -Convert.ToInt32(slot.Difference(keys[i]) == 0);
        }
    }

    private int FindOrAdd(LatticeKey key)
    {
        ref Slot slot = ref _slots[SlotOf(key)];
        if (slot.Vertex != 0)
            return slot.Vertex;
        if (Count == _keys.Length)
        {
            Grow();
            slot = ref _slots[SlotOf(key)];
        }
        _keys[Count++] = key;
        slot = new Slot(key, Count);
        return Count;
    }

    private int SlotOf(LatticeKey key)
    {
        Slot[] slots = _slots;
        int slot = (int)(key.Hash >> _shift);
        while (slots[slot].Vertex != 0 && slots[slot].Difference(key) != 0)
            slot = (slot + 1) & (slots.Length - 1);
        return slot;
    }

    private void Grow()
    {
        Array.Resize(ref _keys, 2 * _keys.Length);
        _slots = new Slot[2 * _keys.Length];
        _shift--;
        for (int vertex = 1; vertex <= Count; vertex++)
            _slots[SlotOf(_keys[vertex - 1])] = new Slot(_keys[vertex - 1], vertex);
    }

    /// <summary>A key beside its number, so that a look-up touches one cache line.</summary>
    private readonly record struct Slot
    {
        private readonly ulong _firstFour;
        private readonly ushort _fifth;

        public Slot(LatticeKey key, int vertex) => (_firstFour, _fifth, Vertex) = (key.FirstFour, key.Fifth, vertex);

        /// <summary>From 1; 0 where the slot is free.</summary>
        public int Vertex { get; }

        /// <summary>0 for the key that lies here.</summary>
        public ulong Difference(LatticeKey key) => (key.FirstFour ^ _firstFour) | (uint)(key.Fifth ^ _fifth);
    }
}
