using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>
/// The losses of a batch and their gradients. The backward pass is in two parts that meet at the feature pyramid: RoI Align is no operation of torch,
/// its gradient joins between the heads' and the pyramid's.
/// </summary>
/// <param name="network">What is trained.</param>
/// <param name="frozen">Its backbone as inference runs it, for the stages that do not learn.</param>
/// <param name="options">The recipe.</param>
internal sealed class MaskRcnnStep(MaskRcnnNetwork network, Backbone frozen, MaskRcnnTrainingOptions options)
{
    private readonly ProposalFilter _filter = new(options.ProposalsBeforeNms, options.Proposals, options.ProposalOverlap, TensorNonMaximumSuppression.On(options.Device ?? CPU));

    /// <summary>Adds the gradients of the losses, times <paramref name="share"/>, to those of the parameters.</summary>
    public MaskRcnnLosses Backward(IReadOnlyList<MaskRcnnSample> samples, double share = 1)
    {
        using var scope = NewDisposeScope();
        using ImageBatch batch = ImageBatch.Of(
            [.. samples.Select(sample => sample.Pixels)], [.. samples.Select(sample => (sample.Height, sample.Width))], options.Device ?? CPU);
        Tensor[] pyramid = network.Pyramid(Taps(batch.Pixels));
        Tensor[] leaves = [.. pyramid.Select(level => level.detach().requires_grad_())];
        Tensor[] pooledFrom = [.. pyramid.Take(MaskRcnnNetwork.PooledScales.Count).Select(level => level.detach())];

        RandomStream[] random = [.. samples.Select(sample => new RandomStream(sample.Seed))];
        (Tensor objectness, Tensor codes) = network.ScoreAnchors(leaves);
        RegionTargets[] regions = SampleRegions(samples, batch, pyramid, objectness, codes, random, out AnchorTargets[] anchors);
        (Tensor anchorScore, Tensor anchorBox) = DetectionLosses.OfAnchors(objectness, codes, anchors);

        Region[] places = Places(regions);
        Tensor boxFeatures = network.BoxPooler.Forward(pooledFrom, places, MaskRcnnNetwork.PooledScales).requires_grad_();
        (Tensor regionScore, Tensor regionBox) = BoxLosses(boxFeatures, samples, regions);

        RegionTargets[] objects = [.. regions.Select(OnObjects)];
        Region[] objectPlaces = Places(objects);
        bool hasObjects = objectPlaces.Length > 0;
        Tensor maskFeatures = hasObjects ? network.MaskPooler.Forward(pooledFrom, objectPlaces, MaskRcnnNetwork.PooledScales).requires_grad_() : zeros(0);
        Tensor mask = hasObjects ? MaskLoss(maskFeatures, samples, objects) : zeros(1, device: objectness.device).sum();

        Tensor total = regionScore.Plus(regionBox).Plus(mask).Plus(anchorScore).Plus(anchorBox).Scale(share);
        total.backward();
        AddGradients(leaves, network.BoxPooler.Backward(boxFeatures.grad!, pooledFrom, places, MaskRcnnNetwork.PooledScales));
        if (hasObjects)
            AddGradients(leaves, network.MaskPooler.Backward(maskFeatures.grad!, pooledFrom, objectPlaces, MaskRcnnNetwork.PooledScales));

        // The sum's gradients are just those that the leaves have got.
        Tensor surrogate = (pyramid[0] * leaves[0].grad!).sum();
        for (int i = 1; i < pyramid.Length; i++)
            surrogate = surrogate.Plus((pyramid[i] * leaves[i].grad!).sum());
        surrogate.backward();
        return new MaskRcnnLosses(
            regionScore.item<float>(), regionBox.item<float>(), mask.item<float>(), anchorScore.item<float>(), anchorBox.item<float>());
    }

    // The stem's tap is not part of the pyramid.
    private Tensor[] Taps(Tensor pixels)
    {
        var taps = new Tensor[Backbone.TapCount];
        for (int i = 0; i < taps.Length; i++)
        {
            Tensor input = i == 0 ? pixels : taps[i - 1];
            if (i >= options.FrozenStages)
                taps[i] = network.Backbone.Stage(i, input);
            else
                using (no_grad())
                    taps[i] = frozen.Stage(i, input);
        }
        return taps[1..];
    }

    private RegionTargets[] SampleRegions(
        IReadOnlyList<MaskRcnnSample> samples, ImageBatch batch, Tensor[] pyramid, Tensor objectness, Tensor codes, RandomStream[] random, out AnchorTargets[] anchorTargets)
    {
        BoundingBox[][] levels = batch.Anchors(pyramid);
        BoundingBox[] anchors = [.. levels.SelectMany(level => level)];
        (float[] logits, float[] boxes) = (ImageTensor.Values(objectness.detach()), ImageTensor.Values(codes.detach()));
        anchorTargets = new AnchorTargets[samples.Count];
        var regions = new RegionTargets[samples.Count];
        for (int i = 0; i < samples.Count; i++)
        {
            MaskRcnnSample sample = samples[i];
            anchorTargets[i] = AnchorTargets.Sample(anchors, sample.Boxes, options.AnchorsPerPhotograph, random[i]);
            (BoundingBox[] proposals, _) = _filter.Choose(
                logits.AsSpan(i * anchors.Length, anchors.Length), boxes.AsSpan(4 * i * anchors.Length, 4 * anchors.Length), levels, sample.Height, sample.Width);
            regions[i] = RegionTargets.Sample(proposals, sample.Boxes, options.RegionsPerPhotograph, random[i]);
        }
        return regions;
    }

    private (Tensor, Tensor) BoxLosses(Tensor features, IReadOnlyList<MaskRcnnSample> samples, RegionTargets[] regions)
    {
        (Tensor logits, Tensor codes) = network.ScoreRegions(features);
        return DetectionLosses.OfRegions(logits, codes, Labels(samples, regions), Weights(samples, regions), [.. regions.SelectMany(region => region.Codes)]);
    }

    private Tensor MaskLoss(Tensor features, IReadOnlyList<MaskRcnnSample> samples, RegionTargets[] objects)
    {
        const int side = MaskRcnnNetwork.MaskSide;
        var targets = new float[objects.Sum(image => image.Boxes.Length) * side * side];
        int row = 0;
        for (int i = 0; i < samples.Count; i++)
            for (int k = 0; k < objects[i].Boxes.Length; k++)
                MaskTarget.Project(
                    samples[i].Masks[objects[i].Objects[k]], samples[i].Height, samples[i].Width, objects[i].Boxes[k], side, targets.AsSpan(row++ * side * side, side * side));
        return DetectionLosses.OfMasks(network.DrawMasks(features), Labels(samples, objects), Weights(samples, objects), targets);
    }

    private static RegionTargets OnObjects(RegionTargets regions)
    {
        int[] kept = [.. Enumerable.Range(0, regions.Boxes.Length).Where(i => regions.Objects[i] >= 0)];
        return new RegionTargets(Array.ConvertAll(kept, i => regions.Boxes[i]), Array.ConvertAll(kept, i => regions.Objects[i]), []);
    }

    private static Region[] Places(RegionTargets[] regions) => [.. regions.SelectMany((targets, image) => targets.Boxes.Select(box => new Region(image, box)))];

    private static long[] Labels(IReadOnlyList<MaskRcnnSample> samples, RegionTargets[] regions) =>
        [.. regions.SelectMany((targets, image) => targets.Objects.Select(k => k >= 0 ? (long)samples[image].Labels[k] : 0))];

    private static float[] Weights(IReadOnlyList<MaskRcnnSample> samples, RegionTargets[] regions) =>
        [.. regions.SelectMany((targets, image) => targets.Objects.Select(k => k >= 0 ? samples[image].Weights[k] : 1))];

    private static void AddGradients(Tensor[] leaves, Tensor[] gradients)
    {
        using var noGradient = no_grad();
        for (int i = 0; i < gradients.Length; i++)
        {
            leaves[i].grad!.Add(gradients[i]);
            gradients[i].Dispose();
        }
    }
}
