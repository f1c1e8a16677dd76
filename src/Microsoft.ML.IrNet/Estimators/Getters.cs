using Microsoft.ML.Data;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Vector columns read into and written from arrays.</summary>
internal static class Getters
{
    /// <summary>A getter that puts out what <paramref name="value"/> gives for the row.</summary>
    public static ValueGetter<VBuffer<T>> Vector<T>(Func<T[]> value) => (ref VBuffer<T> destination) =>
    {
        T[] values = value();
        var editor = VBufferEditor.Create(ref destination, values.Length);
        values.CopyTo(editor.Values);
        destination = editor.Commit();
    };

    /// <summary>Reads a vector column of a row into a new array, sparse or dense.</summary>
    public static Func<T[]> Read<T>(DataViewRow row, int column)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(row.Schema[column]);
        VBuffer<T> buffer = default;
        return () =>
        {
            getter(ref buffer);
            var values = new T[buffer.Length];
            buffer.CopyTo(values);
            return values;
        };
    }
}
