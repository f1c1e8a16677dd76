using Microsoft.ML.Data;

namespace Microsoft.ML.IrNet.Data;

/// <summary>A data set's photographs as rows.</summary>
internal sealed class PhotographDataView : IDataView
{
    public PhotographDataView(PhotographSet set, IReadOnlyList<PhotographColumn> columns)
    {
        (Set, Columns) = (set, columns);
        var builder = new DataViewSchema.Builder();
        foreach (PhotographColumn column in columns)
            builder.AddColumn(column.Column.Name, column.Column.Type, column.Column.Annotations);
        Schema = builder.ToSchema();
    }

    public PhotographSet Set { get; }

    /// <summary>The columns, in the schema's order.</summary>
    public IReadOnlyList<PhotographColumn> Columns { get; }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => Set.Photographs.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new PhotographCursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
