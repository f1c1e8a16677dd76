using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Masks;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Segmentation.Detection;

[Collection("torch")]
[KeptTensors]
public sealed class MaskTargetTests
{
    [SkippableTheory]
    [InlineData(0, 28)]
    [InlineData(1, 28)]
    [InlineData(0, 14)]
    [InlineData(1, 14)]
    public void Targets_are_those_recorded(int image, int side)
    {
        var golden = new GoldenSet("students/loss_mask");
        int[] shape = golden.Shape($"gt_masks_{image}"), matched = golden.Whole($"matched_{image}");
        byte[] masks = golden.Read<byte>($"gt_masks_{image}");
        BoundingBox[] proposals = golden.Boxes($"proposals_{image}");
        var targets = new float[proposals.Length * side * side];
        for (int i = 0; i < proposals.Length; i++)
        {
            ReadOnlySpan<byte> mask = masks.AsSpan(matched[i] * shape[1] * shape[2], shape[1] * shape[2]);
            MaskTarget.Project(mask, shape[1], shape[2], proposals[i], side, targets.AsSpan(i * side * side, side * side));
        }
        RecordedBoxes.AssertNear(golden.Read<float>($"targets{side}_{image}"), targets, 1e-5);
    }

    [Fact]
    public void Targets_are_those_of_RoI_Align() => Prop.ForAll((
        from mask in MaskGenerators.OfSize(37, 45)
        from box in RecordedBoxes.Any
        select (mask, box)).ToArbitrary(), drawn =>
    {
        using var scope = NewDisposeScope();
        (DrawnMask mask, BoundingBox box) = drawn;
        var target = new float[25];
        MaskTarget.Project(mask.Pixels, 37, 45, box, 5, target);
        Tensor features = tensor(Array.ConvertAll(mask.Pixels, pixel => (float)pixel), [1, 1, 37, 45]);
        Tensor pooled = RoiAlign.Forward(features, [new Region(0, box)], new RoiAlignSettings(5, 5, 1, -1, Aligned: false));
        RecordedBoxes.AssertNear(RoiAlignTests.Values(pooled), target, 1e-5);
    }).QuickCheckThrowOnFailure();
}
