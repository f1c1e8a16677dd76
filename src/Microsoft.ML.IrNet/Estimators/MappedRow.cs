using Microsoft.ML.Data;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>A row and the columns a <see cref="RowMap"/> adds to it.</summary>
internal sealed class MappedRow : DataViewRow
{
    private readonly HashSet<int> _active;
    private readonly Delegate?[] _getters;

    public MappedRow(DataViewSchema schema, DataViewRow input, RowMap map, HashSet<int> active)
    {
        (Schema, Input, Map, _active) = (schema, input, map, active);
        _getters = map.Open(this);
    }

    /// <summary>The row without the added columns.</summary>
    public DataViewRow Input { get; }

    /// <summary>What adds the columns.</summary>
    public RowMap Map { get; }

    /// <summary>What <see cref="Map"/> keeps for a transformer that follows.</summary>
    public object? Shared { get; set; }

    /// <inheritdoc/>
    public override DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public override long Position => Input.Position;

    /// <inheritdoc/>
    public override long Batch => Input.Batch;

    /// <inheritdoc/>
    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    /// <inheritdoc/>
    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    /// <summary>Whether the map's output <paramref name="output"/> is asked for.</summary>
    public bool IsOutputActive(int output) => _active.Contains(Input.Schema.Count + output);

    /// <inheritdoc/>
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (column.Index < Input.Schema.Count)
            return Input.GetGetter<TValue>(Input.Schema[column.Index]);
        Delegate getter = _getters[column.Index - Input.Schema.Count]
            ?? throw new InvalidOperationException($"Column '{column.Name}' was not among the columns asked for when the rows were opened.");
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type.RawType}, not {typeof(TValue)}.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Input.Dispose();
        base.Dispose(disposing);
    }
}
