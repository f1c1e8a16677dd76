using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

/// <summary>The first stage of Mask R-CNN over three small levels and three images, one of them without objects.</summary>
[Collection("torch")]
[KeptTensors]
public sealed class RecordedProposalTests
{
    private const int Levels = 3, Images = 3, Height = 96, Width = 128;
    private static readonly (int Height, int Width)[] _sizes = [(96, 128), (90, 120), (96, 100)];
    private static readonly (int Rows, int Columns)[] _maps = [(12, 16), (6, 8), (3, 4)];
    private static readonly AnchorGenerator _anchors = new([32, 64, 128], [0.5f, 1, 2]);

    [SkippableFact]
    public void Targets_losses_and_gradients_agree()
    {
        var golden = new GoldenSet("students/loss_rpn");
        BoundingBox[] anchors = _anchors.All(_maps, Height, Width);
        AnchorTargets[] targets = [.. Enumerable.Range(0, Images).Select(image =>
            AnchorTargets.Sample(anchors, Boxes(golden.Read<float>($"gt_{image}")), int.MaxValue, new RandomStream(image)))];
        float[] labels = golden.Read<float>("labels"), codes = golden.Read<float>("reg_targets");
        for (int image = 0; image < Images; image++)
        {
            int first = image * anchors.Length;
            Assert.Equal(Enumerable.Range(0, anchors.Length).Where(anchor => labels[first + anchor] >= 0), targets[image].Sampled);
            Assert.Equal(targets[image].Sampled.Select(anchor => labels[first + anchor]), targets[image].Labels);
            float[] expected = [.. targets[image].Positive.SelectMany(anchor => codes[(4 * (first + anchor))..(4 * (first + anchor) + 4)])];
            RecordedTensors.AssertClose(expected, targets[image].Codes, 1e-5f);
        }

        Tensor[] objectness = Leaves(golden, "obj"), deltas = Leaves(golden, "delta");
        (Tensor score, Tensor box) = DetectionLosses.OfAnchors(Flat(objectness, 1).squeeze(2), Flat(deltas, 4), targets);
        float[] losses = golden.Read<float>("losses");
        Assert.Equal(losses[0], score.item<float>(), 1e-5f * losses[0]);
        Assert.Equal(losses[1], box.item<float>(), 1e-5f * losses[1]);
        (score * tensor(1.5f) + box * tensor(2f)).backward();
        for (int level = 0; level < Levels; level++)
        {
            RecordedTensors.AssertClose(golden.Read<float>($"grad_obj_{level}"), objectness[level].grad!, 1e-7f);
            RecordedTensors.AssertClose(golden.Read<float>($"grad_delta_{level}"), deltas[level].grad!, 1e-7f);
        }
    }

    [SkippableTheory]
    [InlineData("eval", 40, 20)]
    [InlineData("train", 60, 30)]
    public void Proposals_agree(string mode, int beforeNms, int proposals)
    {
        var golden = new GoldenSet("students/loss_rpn");
        float[] objectness = golden.Read<float>("flat_obj"), codes = golden.Read<float>("flat_delta");
        BoundingBox[][] levels = [.. _maps.Select((map, level) => _anchors.Level(level, map.Rows, map.Columns, Height, Width))];
        int anchors = levels.Sum(level => level.Length);
        var filter = new ProposalFilter(beforeNms, proposals, 0.7);
        for (int image = 0; image < Images; image++)
        {
            (BoundingBox[] boxes, float[] scores) = filter.Choose(
                objectness.AsSpan(image * anchors, anchors), codes.AsSpan(4 * image * anchors, 4 * anchors), levels, _sizes[image].Height, _sizes[image].Width);
            RecordedTensors.AssertClose(golden.Read<float>($"{mode}_prop_{image}"), [.. boxes.SelectMany(box => new[] { box.X0, box.Y0, box.X1, box.Y1 })], 1e-4f);
            RecordedTensors.AssertClose(golden.Read<float>($"{mode}_score_{image}"), scores, 1e-6f);
        }
    }

    private static Tensor[] Leaves(GoldenSet golden, string name) => [.. Enumerable.Range(0, Levels).Select(level =>
        tensor(golden.Read<float>($"{name}_{level}"), golden.Shape($"{name}_{level}").Select(size => (long)size).ToArray()).requires_grad_())];

    private static Tensor Flat(Tensor[] maps, int values) => cat([.. maps.Select(map => map.permute(0, 2, 3, 1).reshape(Images, -1, values))], 1);

    private static BoundingBox[] Boxes(float[] corners) => [.. corners.Chunk(4).Select(box => new BoundingBox(box[0], box[1], box[2], box[3]))];
}
