namespace Microsoft.ML.IrNet.Estimators;

/// <summary>A data view with the columns a <see cref="RowMap"/> adds. Serial, lazy and without read-ahead: a row is computed when its value is asked for.</summary>
internal sealed class MappedView(RowMapper mapper, IDataView input) : IDataView
{
    /// <inheritdoc/>
    public DataViewSchema Schema => mapper.OutputSchema;

    /// <inheritdoc/>
    public bool CanShuffle => input.CanShuffle;

    /// <inheritdoc/>
    public long? GetRowCount() => input.GetRowCount();

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return new MappedCursor(mapper, input.GetRowCursor(mapper.GetDependencies(needed), rand), needed);
    }

    /// <summary>One cursor, whatever <paramref name="n"/>: the networks use all cores for one row.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
