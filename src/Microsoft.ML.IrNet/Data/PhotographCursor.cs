using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Data;

/// <summary>Steps through a data set's photographs; nothing is read from disk before a getter is called.</summary>
internal sealed class PhotographCursor(PhotographDataView view, IEnumerable<DataViewSchema.Column> columnsNeeded) : DataViewRowCursor
{
    private readonly HashSet<int> _active = [.. columnsNeeded.Select(column => column.Index)];
    private long _position = -1;
    private bool _ended;

    public override DataViewSchema Schema => view.Schema;

    public override long Position => _position;

    public override long Batch => 0;

    private Photograph Current => view.Set.Photographs[checked((int)_position)];

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
        Delegate getter = Schema[column.Index].Name switch
        {
            PhotographDataView.ImagePath => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = Current.Path.AsMemory()),
            // The image handed in is not disposed: whoever asked for it may still hold it.
            PhotographDataView.Image => (ValueGetter<MLImage>)((ref MLImage value) => value = MLImagePixels.ToMLImage(ImageFile.Read(Current.Path))),
            _ => (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> value) => VectorValues.Set(ref value, [.. Current.Tags.Select(tag => (uint)tag + 1)])),
        };
        return getter as ValueGetter<TValue>
            ?? throw new ArgumentException($"Column {column.Name} has values of type {column.Type.RawType}, not {typeof(TValue)}.", nameof(column));
    }
}
