using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Evaluation;

internal static class InstanceGenerators
{
    /// <summary>A few photographs of 4 x 5 pixels: disjoint, distinct objects of two classes, and predictions with coarse scores, so that many tie.</summary>
    public static Arbitrary<(InstanceLabel[] Truth, InstanceLabel[] Predictions)[]> Photographs { get; } = (
        from truth in Objects
        from predictions in Predictions
        select (truth, predictions)).ArrayOf(3).ToArbitrary();

    private static Gen<InstanceLabel[]> Objects =>
        from owners in Gen.Choose(0, 3).ArrayOf(20)
        select Enumerable.Range(1, 3)
            .Select(owner => MaskGenerators.Instance(owner % 2, 1, RunLengthMask.FromRowMajor(4, 5, [.. owners.Select(o => (byte)(o == owner ? 1 : 0))])))
            .Where(instance => instance.Mask.Area > 0).ToArray();

    private static Gen<InstanceLabel[]> Predictions => (
        from mask in MaskGenerators.OfSize(4, 5)
        from classIndex in Gen.Choose(0, 1)
        from score in Gen.Choose(0, 3)
        select MaskGenerators.Instance(classIndex, score / 4f, mask.Encode())).ArrayOf();
}
