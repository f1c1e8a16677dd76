namespace Microsoft.ML.IrNet.Estimators;

/// <summary>What a transformer adds to the rows of one input schema.</summary>
internal abstract class RowMap
{
    /// <summary>The columns added.</summary>
    public abstract IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <summary>The input columns that output <paramref name="output"/> is computed from.</summary>
    public abstract IEnumerable<int> InputsOf(int output);

    /// <summary>A <see cref="ValueGetter{TValue}"/> for each output that is asked for, in the order of <see cref="Outputs"/>; null for the others.</summary>
    public abstract Delegate?[] Open(MappedRow row);
}
