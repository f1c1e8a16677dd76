namespace Microsoft.ML.IrNet.Estimators;

/// <summary>A value computed at most once for each row, and only when it is asked for.</summary>
/// <param name="row">The row, or the cursor over rows, it belongs to.</param>
/// <param name="compute">Computes it for the row the cursor stands on.</param>
internal sealed class PerRow<T>(DataViewRow row, Func<T> compute)
{
    private long? _position;
    private T? _value;

    /// <summary>The value of the current row.</summary>
    public T Value
    {
        get
        {
            if (_position != row.Position)
            {
                _position = null;
                _value = compute();
                _position = row.Position;
            }
            return _value!;
        }
    }
}
