using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

[Collection("torch")]
[KeptTensors]
public sealed class MaskRcnnGoldenTests
{
    [SkippableFact]
    public void Names_and_shapes_are_those_of_the_reference()
    {
        using MaskRcnnNetwork network = RecordedMaskRcnn.Network();
        KeyList.AssertSame(KeyList.MaskRcnn, network);
    }

    [SkippableFact]
    public void Maps_and_proposals_agree()
    {
        var golden = new GoldenSet("students/net_maskrcnn_eval");
        using MaskRcnnNetwork network = RecordedMaskRcnn.Network();
        using var guard = no_grad();
        RgbImage[] images = RecordedMaskRcnn.Images(golden);
        (int, int)[] sizes = [(96, 128), (125, 96)];
        using ImageBatch batch = ImageBatch.Of([.. images.Select((image, i) => NetworkInput.Resize(image, sizes[i].Item1, sizes[i].Item2))], sizes, CPU);
        RecordedTensors.AssertMap(golden, "batched", batch.Pixels);
        Tensor[] taps = network.Backbone.forward(batch.Pixels);
        for (int i = 1; i < taps.Length; i++)
            RecordedTensors.AssertMap(golden, $"C{i + 1}", taps[i]);
        Tensor[] pyramid = network.Pyramid(taps[1..]);
        for (int i = 0; i < pyramid.Length; i++)
            RecordedTensors.AssertMap(golden, i < 4 ? $"fpn_{i}" : "fpn_pool", pyramid[i]);
        (Tensor objectness, Tensor codes) = network.ScoreAnchors(pyramid);
        RecordedTensors.AssertClose(golden.Read<float>("rpn_objectness"), objectness, 1e-4f);
        RecordedTensors.AssertClose(golden.Read<float>("rpn_deltas"), codes, 1e-4f);

        var filter = new ProposalFilter(150, 40, 0.7);
        var regions = new List<Region>();
        for (int i = 0; i < images.Length; i++)
        {
            (BoundingBox[] boxes, float[] scores) = filter.Choose(
                objectness[i].contiguous().data<float>().ToArray(), codes[i].contiguous().data<float>().ToArray(), batch.Anchors(pyramid), sizes[i].Item1, sizes[i].Item2);
            RecordedTensors.AssertClose(golden.Read<float>($"proposals_{i}"), Corners(boxes), 1e-3f);
            RecordedTensors.AssertClose(golden.Read<float>($"proposal_scores_{i}"), scores, 5e-5f);
            regions.AddRange(boxes.Select(box => new Region(i, box)));
        }
        (Tensor logits, Tensor refinements) = network.ScoreRegions(network.BoxPooler.Forward(pyramid[..4], regions, MaskRcnnNetwork.PooledScales));
        RecordedTensors.AssertClose(golden.Read<float>("class_logits"), logits, 2e-4f);
        RecordedTensors.AssertClose(golden.Read<float>("box_regression"), refinements, 2e-4f);
    }

    [SkippableFact]
    public void Detections_agree()
    {
        var golden = new GoldenSet("students/net_maskrcnn_eval");
        using MaskRcnnNetwork network = RecordedMaskRcnn.Network();
        using var mapper = new MaskRcnnMapper(network, RecordedMaskRcnn.Inference, CPU);
        RgbImage[] images = RecordedMaskRcnn.Images(golden);
        IReadOnlyList<InstanceLabel>[] found = mapper.Detect(images);
        for (int i = 0; i < images.Length; i++)
        {
            AssertDetections(golden, $"det_boxes_{i}", $"det_labels_{i}", $"det_scores_{i}", found[i]);
            byte[] masks = golden.Read<byte>($"det_masks_bin_{i}");
            byte[] actual = [.. found[i].SelectMany(instance => instance.Mask.ToRowMajor())];
            Assert.InRange(masks.Zip(actual).Count(pair => pair.First != pair.Second), 0, masks.Length / 1000);
        }
    }

    [SkippableFact]
    public void An_image_alone_agrees()
    {
        var golden = new GoldenSet("students/net_maskrcnn_extra");
        using MaskRcnnNetwork network = RecordedMaskRcnn.Network();
        using var mapper = new MaskRcnnMapper(network, RecordedMaskRcnn.Inference, CPU);
        RgbImage image = RecordedMaskRcnn.Images(new GoldenSet("students/net_maskrcnn_eval"))[0];
        AssertDetections(golden, "alone_boxes", "alone_labels", "alone_scores", mapper.Detect(image));
    }

    [SkippableFact]
    public void Losses_and_gradients_agree()
    {
        var golden = new GoldenSet("students/net_maskrcnn_train");
        using MaskRcnnNetwork network = RecordedMaskRcnn.Network();
        RgbImage[] images = RecordedMaskRcnn.Images(new GoldenSet("students/net_maskrcnn_eval"));
        MaskRcnnSample[] samples = [.. images.Select((image, i) => RecordedMaskRcnn.Sample(golden, image, i))];
        for (int i = 0; i < samples.Length; i++)
        {
            RecordedTensors.AssertClose(golden.Read<float>($"resized_boxes_{i}"), Corners(samples[i].Boxes), 1e-4f);
            Assert.Equal(golden.Read<byte>($"resized_masks_{i}"), samples[i].Masks.SelectMany(mask => mask));
        }
        AssertLosses(golden.Read<float>("losses"), new MaskRcnnStep(network, network.Backbone, RecordedMaskRcnn.Training).Backward(samples));
        RecordedTensors.AssertGradients(golden, network);
    }

    [SkippableTheory]
    [InlineData("one_empty_losses", true)]
    [InlineData("only_empty_losses", false)]
    public void Images_without_objects_are_background(string losses, bool withTheOther)
    {
        var golden = new GoldenSet("students/net_maskrcnn_extra");
        var training = new GoldenSet("students/net_maskrcnn_train");
        using MaskRcnnNetwork network = RecordedMaskRcnn.Network();
        RgbImage[] images = RecordedMaskRcnn.Images(new GoldenSet("students/net_maskrcnn_eval"));
        MaskRcnnSample empty = RecordedMaskRcnn.Sample(training, images[1], 1, withObjects: false);
        MaskRcnnSample[] samples = withTheOther ? [RecordedMaskRcnn.Sample(training, images[0], 0), empty] : [empty];
        AssertLosses(golden.Read<float>(losses), new MaskRcnnStep(network, network.Backbone, RecordedMaskRcnn.Training).Backward(samples));
    }

    [SkippableTheory]
    [InlineData("mix")]
    [InlineData("nopos")]
    public void Box_losses_and_gradients_agree(string name)
    {
        var golden = new GoldenSet("students/loss_fastrcnn");
        Tensor logits = Read(golden, $"{name}_logits").requires_grad_(), codes = Read(golden, $"{name}_boxreg").requires_grad_();
        long[] labels = golden.Read<long>($"{name}_labels");
        (Tensor classifier, Tensor regression) = DetectionLosses.OfRegions(logits, codes, labels, [.. labels.Select(_ => 1f)], golden.Read<float>($"{name}_targets"));
        float[] expected = golden.Read<float>($"{name}_losses");
        Assert.Equal(expected[0], classifier.item<float>(), 1e-5f * expected[0]);
        Assert.Equal(expected[1], regression.item<float>(), 1e-5f * expected[1]);
        (classifier * tensor(1.5f) + regression * tensor(2f)).backward();
        RecordedTensors.AssertClose(golden.Read<float>($"{name}_grad_logits"), logits.grad!, 1e-7f);
        RecordedTensors.AssertClose(golden.Read<float>($"{name}_grad_boxreg"), codes.grad!, 1e-7f);
    }

    [SkippableFact]
    public void Mask_loss_and_gradient_agree()
    {
        var golden = new GoldenSet("students/loss_mask");
        Tensor logits = Read(golden, "logits").requires_grad_();
        long[] labels = [.. Enumerable.Range(0, 2).SelectMany(image =>
        {
            long[] ofObjects = golden.Read<long>($"gt_labels_{image}");
            return golden.Read<long>($"matched_{image}").Select(match => ofObjects[match]);
        })];
        float[] targets = [.. golden.Read<float>("targets28_0"), .. golden.Read<float>("targets28_1")];
        Tensor loss = DetectionLosses.OfMasks(logits, labels, [.. labels.Select(_ => 1f)], targets);
        Assert.Equal(golden.Read<float>("loss")[0], loss.item<float>(), 1e-5f);
        loss.backward();
        RecordedTensors.AssertClose(golden.Read<float>("grad_logits"), logits.grad!, 1e-8f);
    }

    private static Tensor Read(GoldenSet golden, string name) => tensor(golden.Read<float>(name), golden.Shape(name).Select(size => (long)size).ToArray());

    private static void AssertDetections(GoldenSet golden, string boxes, string labels, string scores, IReadOnlyList<InstanceLabel> found)
    {
        Assert.Equal(golden.Read<long>(labels), found.Select(instance => instance.ClassIndex + 1L));
        RecordedTensors.AssertClose(golden.Read<float>(scores), [.. found.Select(instance => instance.Score)], 5e-5f);
        RecordedTensors.AssertClose(golden.Read<float>(boxes), Corners(found.Select(instance => instance.Box)), 1e-3f);
    }

    private static void AssertLosses(float[] expected, MaskRcnnLosses losses)
    {
        float[] actual = [losses.Classifier, losses.BoxRegression, losses.Mask, losses.Objectness, losses.ProposalRegression];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4f * expected[i] + 1e-7f);
    }

    private static float[] Corners(IEnumerable<BoundingBox> boxes) => [.. boxes.SelectMany(box => new[] { box.X0, box.Y0, box.X1, box.Y1 })];
}
