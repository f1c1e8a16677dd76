using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Height and width of the photographs of a data view's rows: those its size column states or, where there is no such column, those of the image, which is decoded for them.</summary>
internal sealed class ImageSizeColumn
{
    private readonly DataViewRow _row;
    private readonly string _name;
    private readonly Func<int[]> _read;

    /// <param name="row">The row, on which the column of <see cref="Needed"/> is active.</param>
    /// <param name="sizeColumn">Height and width: Vector&lt;Int32, 2&gt;.</param>
    /// <param name="imageColumn">The photograph, which is read where there is no size column.</param>
    public ImageSizeColumn(DataViewRow row, string sizeColumn, string imageColumn)
    {
        DataViewSchema.Column column = Needed(row.Schema, sizeColumn, imageColumn);
        (_row, _name) = (row, column.Name);
        _read = column.Name == sizeColumn ? Getters.Read<int>(row, column.Index) : SizeOf(new ImageColumn(row, column.Index));
    }

    /// <summary>Throws where the column is missing or of another type than needed.</summary>
    public static void Check(IExceptionContext context, SchemaShape input, string sizeColumn, string imageColumn)
    {
        if (ColumnRule.Has(input, sizeColumn))
            ColumnRule.Size.Require(context, input, sizeColumn);
        else
            ColumnRule.Image.Require(context, input, imageColumn);
    }

    /// <summary>The column that a cursor has to be asked for.</summary>
    public static DataViewSchema.Column Needed(DataViewSchema schema, string sizeColumn, string imageColumn) =>
        schema.GetColumnOrNull(sizeColumn) ?? schema[imageColumn];

    /// <summary>The current row's size.</summary>
    /// <exception cref="IrNetException">It is no size, or the image cannot be decoded.</exception>
    public (int Height, int Width) Read() => _read() is [var height, var width] && height >= 1 && width >= 1
        ? (height, width)
        : throw new DataSetException($"row {_row.Position}, column '{_name}'", "is no size; expected height and width in pixels, both at least 1.");

    private static Func<int[]> SizeOf(ImageColumn image) => () =>
    {
        (int height, int width) = image.ReadSize();
        return [height, width];
    };
}
