using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;

namespace Microsoft.ML.IrNet.Data;

/// <summary>Steps through a data set's photographs; nothing is read from disk before a getter is called.</summary>
internal sealed class PhotographCursor(PhotographDataView view, IEnumerable<DataViewSchema.Column> columnsNeeded) : DataViewRowCursor
{
    private readonly HashSet<int> _active = [.. columnsNeeded.Select(column => column.Index)];
    private readonly Dictionary<Delegate, object> _values = [];
    private long _position = -1;
    private bool _ended;

    public override DataViewSchema Schema => view.Schema;

    public override long Position => _position;

    public override long Batch => 0;

    /// <summary>The photograph the cursor stands on.</summary>
    public Photograph Current => view.Set.Photographs[checked((int)_position)];

    public override bool MoveNext()
    {
        if (!_ended)
            _ended = ++_position == view.Set.Photographs.Count;
        if (_ended)
            _position = -1;
        return !_ended;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new ArgumentException($"Column {column.Name} was not among the columns asked for.", nameof(column));
        return view.Columns[column.Index].Open(this) as ValueGetter<TValue>
            ?? throw new ArgumentException($"Column {column.Name} has values of type {column.Type.RawType}, not {typeof(TValue)}.", nameof(column));
    }

    /// <summary>What is read of the photograph the cursor stands on, when first asked for and once for all columns that read it the same way.</summary>
    public Func<T> ReadOnce<T>(Func<Photograph, T> read)
    {
        if (!_values.TryGetValue(read, out object? known))
            _values[read] = known = new PerRow<T>(this, () => read(Current));
        var value = (PerRow<T>)known;
        return () => value.Value;
    }
}
