using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>
/// The image classifier whose class activation maps start the method: a backbone, global average pooling and a 1x1 convolution without bias
/// (Ahn, Cho, Kwak, CVPR 2019, section 3). Weights are named <c>backbone.*</c> and <c>classifier.weight</c>.
/// </summary>
public sealed class CamNetwork : nn.Module
{
    // Fields that hold modules have PyTorch's names, because torch registers them under the names they have here.
    private readonly Backbone backbone;
    private readonly Conv2d classifier;

    /// <summary>Puts a new classifier on a backbone, on the CPU.</summary>
    /// <param name="backbone">The backbone, which becomes part of this network.</param>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <param name="frozenStages">How many stages of the backbone never learn, 0 to 5: 3 as published (stem, layer1 and layer2), 0 to train a backbone from scratch.</param>
    public CamNetwork(Backbone backbone, int classes, int frozenStages = 3) : base(nameof(CamNetwork))
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(frozenStages);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frozenStages, Backbone.TapCount);
        this.backbone = backbone;
        (Classes, FrozenStages) = (classes, frozenStages);
        classifier = nn.Conv2d(backbone.TapChannels[^1], classes, kernel_size: 1, bias: false);
        register_module("backbone", backbone);
        register_module("classifier", classifier);
    }

    /// <summary>The feature extractor.</summary>
    public Backbone Backbone => backbone;

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>How many stages of the backbone get no gradient.</summary>
    public int FrozenStages { get; }

    /// <summary>All weights of the backbone. Those of frozen stages never get a gradient, so that an optimiser leaves them alone.</summary>
    public IEnumerable<Parameter> BackboneParameters => Backbone.parameters();

    /// <summary>The weight of the classifier, which is trained at ten times the backbone's rate.</summary>
    public IEnumerable<Parameter> ClassifierParameters => classifier.parameters();

    internal Tensor ClassifierWeight => classifier.weight!;

    /// <summary>Classifies images. Frozen stages run without a graph; none is built at all under <c>no_grad</c>.</summary>
    /// <param name="images">Normalised images [B,3,H,W].</param>
    /// <returns>Logits [B,Classes].</returns>
    public Tensor Logits(Tensor images)
    {
        using var scope = NewDisposeScope();
        return LogitsFromFeatures(Features(images)).MoveToOuterDisposeScope();
    }

    /// <summary>Computes class activation maps: the classifier applied to every cell, negative values cut.</summary>
    /// <param name="images">Normalised images [B,3,H,W].</param>
    /// <param name="classes">The 0-based classes wanted, in this order; all where null.</param>
    /// <returns>Maps [B,classes,h,w] of the last tap's size, not normalised.</returns>
    public Tensor ClassMaps(Tensor images, int[]? classes = null)
    {
        using var scope = NewDisposeScope();
        return MapsFromFeatures(Features(images), classes).MoveToOuterDisposeScope();
    }

    /// <summary>The name in this network of a weight in the published <c>res50_cam.pth</c>.</summary>
    /// <param name="key">The name in the file.</param>
    /// <returns>The name here, or null for entries that repeat another (<c>stage1.*</c>, <c>backbone.*</c>, <c>newly_added.*</c>) or are not used.</returns>
    public static string? OfficialName(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key == "classifier.weight" ? key : OfficialBackbone.Name(key);
    }

    internal Tensor LogitsFromFeatures(Tensor features) =>
        nn.functional.conv2d(features.mean([2, 3], keepdim: true), ClassifierWeight).flatten(1);

    internal Tensor MapsFromFeatures(Tensor features, int[]? classes)
    {
        using var scope = NewDisposeScope();
        Tensor weight = classes is null
            ? ClassifierWeight
            : ClassifierWeight.index_select(0, tensor(Array.ConvertAll(classes, c => (long)c), device: ClassifierWeight.device));
        return nn.functional.conv2d(features, weight).relu_().MoveToOuterDisposeScope();
    }

    private Tensor Features(Tensor images)
    {
        Tensor features;
        using (no_grad())
            features = Backbone.Stages(0, FrozenStages, images);
        return Backbone.Stages(FrozenStages, Backbone.TapCount, features);
    }
}
