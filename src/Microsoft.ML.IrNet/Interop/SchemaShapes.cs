using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Interop;

/// <summary>Schemas before there is data, which ML.NET lets only its own estimators make.</summary>
internal static class SchemaShapes
{
    /// <summary>The shape of a schema.</summary>
    public static SchemaShape Of(DataViewSchema schema) => SchemaShape.Create(schema);

    /// <summary>A shape with columns added; one of the same name is replaced.</summary>
    public static SchemaShape Add(SchemaShape shape, IEnumerable<DataViewSchema.DetachedColumn> added)
    {
        var builder = new DataViewSchema.Builder();
        foreach (DataViewSchema.DetachedColumn column in added)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        Dictionary<string, SchemaShape.Column> columns = shape.ToDictionary(column => column.Name);
        foreach (SchemaShape.Column column in SchemaShape.Create(builder.ToSchema()))
            columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    /// <summary>ML.NET's error for a column that is missing or of another type.</summary>
    public static Exception Mismatch(IExceptionContext context, string role, string column, string expected, SchemaShape.Column? actual) =>
        context.ExceptSchemaMismatch("inputSchema", role, column, expected, actual?.GetTypeString() ?? "no such column");
}
