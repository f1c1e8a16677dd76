using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Reads the photographs of a data view's rows.</summary>
internal sealed class ImageColumn
{
    private readonly DataViewRow _row;
    private readonly string _name;
    private readonly ValueGetter<MLImage> _getter;
    private MLImage? _image;

    public ImageColumn(DataViewRow row, int column)
    {
        (_row, _name) = (row, row.Schema[column].Name);
        _getter = row.GetGetter<MLImage>(row.Schema[column]);
    }

    /// <summary>
    /// Decodes the current row's photograph. The MLImage is left alone: it may be the user's own, and getters that make one dispose the one before.
    /// </summary>
    /// <exception cref="IrNetException">The row holds no image, or one that cannot be decoded.</exception>
    public RgbImage Read() => Read(MLImagePixels.ToRgb);

    /// <summary>The size of the current row's photograph, as <see cref="Read()"/> would give it.</summary>
    /// <exception cref="IrNetException">The row holds no image, or one that cannot be decoded.</exception>
    public (int Height, int Width) ReadSize() => Read(image => (image.Height, image.Width));

    private T Read<T>(Func<MLImage, T> read)
    {
        try
        {
            _getter(ref _image!);
            if (_image is not null)
                return read(_image);
        }
        catch (Exception error) when (error is not (IrNetException or OperationCanceledException or OutOfMemoryException))
        {
            throw new DataSetException(Subject, $"the image cannot be read ({error.Message}); mend or remove the row.", error);
        }
        throw new DataSetException(Subject, "holds no image; expected an MLImage, so mend or remove the row.");
    }

    private string Subject => $"row {_row.Position}, column '{_name}'";
}
