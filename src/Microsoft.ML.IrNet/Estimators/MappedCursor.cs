using Microsoft.ML.Data;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>A cursor over rows that a <see cref="RowMap"/> adds columns to.</summary>
internal sealed class MappedCursor(RowMapper mapper, DataViewRowCursor input, IEnumerable<DataViewSchema.Column> active) : DataViewRowCursor
{
    /// <summary>The row the cursor stands on.</summary>
    public MappedRow Row { get; } = mapper.Open(input, active);

    /// <inheritdoc/>
    public override DataViewSchema Schema => Row.Schema;

    /// <inheritdoc/>
    public override long Position => Row.Position;

    /// <inheritdoc/>
    public override long Batch => Row.Batch;

    /// <inheritdoc/>
    public override bool MoveNext() => input.MoveNext();

    /// <inheritdoc/>
    public override ValueGetter<DataViewRowId> GetIdGetter() => Row.GetIdGetter();

    /// <inheritdoc/>
    public override bool IsColumnActive(DataViewSchema.Column column) => Row.IsColumnActive(column);

    /// <inheritdoc/>
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Row.GetGetter<TValue>(column);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Row.Dispose();
        base.Dispose(disposing);
    }
}
