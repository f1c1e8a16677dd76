using Microsoft.ML.Data;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Appends the columns of a <see cref="RowMap"/> to a schema, and to single rows for a prediction engine.</summary>
internal sealed class RowMapper : IRowToRowMapper
{
    private readonly RowMap _map;

    public RowMapper(DataViewSchema input, RowMap map)
    {
        (InputSchema, _map) = (input, map);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        foreach (DataViewSchema.DetachedColumn column in map.Outputs)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        OutputSchema = builder.ToSchema();
    }

    /// <inheritdoc/>
    public DataViewSchema InputSchema { get; }

    /// <inheritdoc/>
    public DataViewSchema OutputSchema { get; }

    /// <inheritdoc/>
    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => dependingColumns
        .SelectMany(column => column.Index < InputSchema.Count ? [column.Index] : _map.InputsOf(column.Index - InputSchema.Count))
        .Distinct().Order().Select(index => InputSchema[index]).ToArray();

    /// <inheritdoc/>
    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => Open(input, activeColumns);

    /// <summary>The row with its new columns; it owns <paramref name="input"/>.</summary>
    public MappedRow Open(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new(OutputSchema, input, _map, [.. activeColumns.Select(column => column.Index)]);
}
