using System.Globalization;
using System.Text;
using Microsoft.ML.Data;

namespace Microsoft.ML.IrNet.Tests.Estimators;

/// <summary>Everything a model puts out for photographs in files, as text to compare. Compiled into the tests and into the fresh process.</summary>
internal static class ModelDump
{
    /// <summary>Runs a model that begins with LoadImages.</summary>
    /// <param name="arguments">For each photograph its path and its tags, separated by commas.</param>
    public static string Describe(MLContext ml, ITransformer model, IReadOnlyList<string> arguments)
    {
        FileRow[] rows = [.. arguments.Chunk(2).Select(pair => new FileRow { ImagePath = pair[0], TagNames = pair[1].Split(',', StringSplitOptions.RemoveEmptyEntries) })];
        return Describe(model.Transform(ml.Data.LoadFromEnumerable(rows)));
    }

    /// <summary>All values of all columns but images and keys' sources.</summary>
    public static string Describe(IDataView data)
    {
        var text = new StringBuilder();
        DataViewSchema.Column[] columns = [.. data.Schema.Where(column => !column.IsHidden && column.Type is VectorDataViewType)];
        using DataViewRowCursor cursor = data.GetRowCursor(columns);
        (DataViewSchema.Column Column, Func<string> Read)[] values = [.. columns.Select(column => (column, Reader(cursor, column)))];
        while (cursor.MoveNext())
            foreach ((DataViewSchema.Column column, Func<string> read) in values)
                text.AppendLine(CultureInfo.InvariantCulture, $"{cursor.Position} {column.Name} {column.Type}: {read()}");
        return text.ToString();
    }

    private static Func<string> Reader(DataViewRow row, DataViewSchema.Column column) => ((VectorDataViewType)column.Type).ItemType.RawType switch
    {
        var type when type == typeof(float) => Reader<float>(row, column),
        var type when type == typeof(int) => Reader<int>(row, column),
        var type when type == typeof(uint) => Reader<uint>(row, column),
        var type when type == typeof(byte) => Reader<byte>(row, column),
        _ => Reader<ReadOnlyMemory<char>>(row, column),
    };

    private static Func<string> Reader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> buffer = default;
        return () =>
        {
            getter(ref buffer);
            return string.Join(' ', buffer.DenseValues().Select(value => Convert.ToString(value is float number ? number.ToString("R", CultureInfo.InvariantCulture) : value, CultureInfo.InvariantCulture)));
        };
    }

    private sealed class FileRow
    {
        public string ImagePath { get; set; } = "";

        public string[] TagNames { get; set; } = [];
    }
}
