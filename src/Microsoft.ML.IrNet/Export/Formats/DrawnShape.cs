using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>A region that somebody drew with a tool.</summary>
/// <param name="Label">The name of its class.</param>
/// <param name="Group">What the regions of one object have in common; null where it is alone.</param>
/// <param name="Mask">Its pixels.</param>
/// <param name="Score">How sure a labeller is; 1 where nothing is said.</param>
internal sealed record DrawnShape(string Label, long? Group, RunLengthMask Mask, float Score)
{
    /// <summary>The objects in the order of their first regions: those of one class in one group are one object, as sure as the least sure of them.</summary>
    /// <param name="shapes">The regions of one photograph.</param>
    /// <param name="classOf">The index of a class.</param>
    public static IReadOnlyList<InstanceLabel> Join(IReadOnlyList<DrawnShape> shapes, Func<string, int> classOf) =>
    [
        .. shapes.Select((shape, i) => (shape, Key: (shape.Label, shape.Group, Alone: shape.Group is null ? i : -1))).GroupBy(entry => entry.Key, entry => entry.shape).Select(group =>
        {
            RunLengthMask mask = group.Select(shape => shape.Mask).Aggregate(RunLengthMask.Merge);
            return new InstanceLabel(classOf(group.Key.Label), group.Min(shape => shape.Score), mask.ComputeBox(), mask);
        }),
    ];
}
