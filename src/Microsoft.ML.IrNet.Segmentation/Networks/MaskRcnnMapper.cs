using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>Finds the objects of photographs with a trained Mask R-CNN. Safe to use from several threads at once.</summary>
public sealed class MaskRcnnMapper : IStudentMapper
{
    // Objects that are more likely there than not make up the semantic map.
    private const float DrawnFrom = 0.5f;

    private const int MaskArea = MaskRcnnNetwork.MaskSide * MaskRcnnNetwork.MaskSide;

    private readonly MaskRcnnNetwork _network;
    private readonly MaskRcnnInferenceOptions _options;
    private readonly Device _device;
    private readonly InferenceBackbone _backbone;
    private readonly ProposalFilter _proposals;
    private readonly DetectionFilter _detections;

    /// <summary>Prepares a network: moves it to the device, switches it to evaluation and takes a folded copy of a residual backbone.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="options">Sizes and thresholds; the defaults where null.</param>
    /// <param name="device">Where to compute; the CPU where null.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public MaskRcnnMapper(MaskRcnnNetwork network, MaskRcnnInferenceOptions? options = null, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        (_network, _options, _device) = (network, options ?? new MaskRcnnInferenceOptions(), device ?? CPU);
        _options.Validate();
        network.to(_device);
        network.eval();
        _backbone = new InferenceBackbone(network.Backbone);
        Suppression suppress = TensorNonMaximumSuppression.On(_device);
        _proposals = new ProposalFilter(_options.ProposalsBeforeNms, _options.Proposals, _options.ProposalOverlap, suppress);
        _detections = new DetectionFilter(_options.MinimumScore, _options.DetectionOverlap, _options.Detections, suppress);
    }

    /// <summary>Releases the folded copy of the backbone; the network stays.</summary>
    public void Dispose() => _backbone.Dispose();

    /// <summary>Finds the objects of a photograph.</summary>
    /// <param name="image">The photograph, of any size.</param>
    /// <returns>The surest first; their boxes are the network's, not those of their masks.</returns>
    /// <exception cref="NumericException">A score, box or mask is not finite.</exception>
    public IReadOnlyList<InstanceLabel> Detect(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Detect([image])[0];
    }

    ImageLabels IStudentMapper.Label(RgbImage image)
    {
        IReadOnlyList<InstanceLabel> instances = Detect(image);
        return new ImageLabels(instances, InstanceMaps.Semantic(image.Height, image.Width, [.. instances.Where(instance => instance.Score > DrawnFrom)]));
    }

    /// <summary>The objects of photographs that go through the network together. Those of smaller ones depend a little on the batch, whose padding reaches their features.</summary>
    internal IReadOnlyList<InstanceLabel>[] Detect(IReadOnlyList<RgbImage> images)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        (int Height, int Width)[] sizes = [.. images.Select(image => ResizeRule.Size(image.Height, image.Width, _options.ShorterSide, _options.LongerSide))];
        using ImageBatch batch = ImageBatch.Of([.. images.Select((image, i) => NetworkInput.Resize(image, sizes[i].Height, sizes[i].Width))], sizes, _device);
        Tensor[] pyramid = Pyramid(batch.Pixels);
        BoundingBox[][] proposals = Propose(pyramid, batch);
        Tensor[] pooledFrom = pyramid[..MaskRcnnNetwork.PooledScales.Count];
        DetectedRegion[][] found = Classify(pooledFrom, proposals, sizes);
        float[] masks = Draw(pooledFrom, found);
        var objects = new IReadOnlyList<InstanceLabel>[images.Count];
        for (int i = 0, first = 0; i < objects.Length; first += found[i++].Length)
            objects[i] = Paste(found[i], masks.AsMemory(first * MaskArea, found[i].Length * MaskArea), sizes[i], images[i]);
        // A mapper that nobody needs any more may be finalised, and the weights with it, while its last call computes with them.
        GC.KeepAlive(this);
        return objects;
    }

    private Tensor[] Pyramid(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        Tensor[] levels = _network.Pyramid(_backbone.Backbone.forward(pixels)[1..]);
        foreach (Tensor level in levels)
            level.MoveToOuterDisposeScope();
        return levels;
    }

    private BoundingBox[][] Propose(Tensor[] pyramid, ImageBatch batch)
    {
        using var scope = NewDisposeScope();
        (Tensor objectness, Tensor codes) = _network.ScoreAnchors(pyramid);
        float[] logits = FiniteValues.Require(ImageTensor.Values(objectness), "objectness of anchors"), boxes = FiniteValues.Require(ImageTensor.Values(codes), "boxes of anchors");
        BoundingBox[][] levels = batch.Anchors(pyramid);
        int anchors = logits.Length / batch.Sizes.Count;
        return [.. batch.Sizes.Select((size, i) =>
            _proposals.Choose(logits.AsSpan(i * anchors, anchors), boxes.AsSpan(4 * i * anchors, 4 * anchors), levels, size.Height, size.Width).Boxes)];
    }

    private DetectedRegion[][] Classify(Tensor[] pyramid, BoundingBox[][] proposals, (int Height, int Width)[] sizes)
    {
        if (proposals.All(image => image.Length == 0))
            return [.. proposals.Select(_ => Array.Empty<DetectedRegion>())];
        using var scope = NewDisposeScope();
        Region[] places = [.. proposals.SelectMany((image, i) => image.Select(box => new Region(i, box)))];
        (Tensor logits, Tensor codes) = _network.ScoreRegions(_network.BoxPooler.Forward(pyramid, places, MaskRcnnNetwork.PooledScales));
        float[] scores = FiniteValues.Require(ImageTensor.Values(logits), "class scores of regions"), boxes = FiniteValues.Require(ImageTensor.Values(codes), "boxes of regions");
        int labels = scores.Length / places.Length;
        var found = new DetectedRegion[proposals.Length][];
        for (int i = 0, first = 0; i < found.Length; first += proposals[i++].Length)
        {
            (int from, int count) = (first * labels, proposals[i].Length * labels);
            found[i] = _detections.Choose(scores.AsSpan(from, count), boxes.AsSpan(4 * from, 4 * count), proposals[i], sizes[i].Height, sizes[i].Width);
        }
        return found;
    }

    // Probabilities [regions, 28, 28] of each region's own label.
    private float[] Draw(Tensor[] pyramid, DetectedRegion[][] found)
    {
        Region[] places = [.. found.SelectMany((image, i) => image.Select(region => new Region(i, region.Box)))];
        if (places.Length == 0)
            return [];
        using var scope = NewDisposeScope();
        Tensor logits = _network.DrawMasks(_network.MaskPooler.Forward(pyramid, places, MaskRcnnNetwork.PooledScales));
        long kinds = logits.shape[1];
        long[] rows = [.. found.SelectMany(image => image).Select((region, i) => i * kinds + region.Label)];
        return FiniteValues.Require(
            ImageTensor.Values(logits.reshape(-1, MaskRcnnNetwork.MaskSide, MaskRcnnNetwork.MaskSide).index_select(0, tensor(rows, device: _device)).sigmoid()), "masks");
    }

    private InstanceLabel[] Paste(DetectedRegion[] found, ReadOnlyMemory<float> masks, (int Height, int Width) size, RgbImage image) =>
    [.. found.Select((region, i) =>
    {
        BoundingBox box = Boxes.Rescale(region.Box, size.Height, size.Width, image.Height, image.Width);
        return new InstanceLabel(region.Label - 1, region.Score, box,
            MaskPaste.Binary(masks.Span.Slice(i * MaskArea, MaskArea), MaskRcnnNetwork.MaskSide, box, image.Height, image.Width, _options.MaskThreshold));
    })];
}
