using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>
/// DeepLab: semantic segmentation by a backbone whose last strides are dilated, and a head that reads its deepest tap. With a dilated ResNet-50 of output stride 8
/// and head <see cref="DeepLabHead.V3"/> it is torchvision's <c>deeplabv3_resnet50</c>, with its names of weights (<c>backbone.*</c>, <c>classifier.*</c>,
/// <c>aux_classifier.*</c>). <see cref="DeepLabHead.V2"/> has <c>classifier.convs.0</c> to <c>.3</c> instead.
/// </summary>
public sealed class DeepLabNetwork : nn.Module
{
    /// <summary>The most classes, background not counted: what label maps can hold.</summary>
    public const int MaximumClasses = LabelMap.Void - 1;

    private const int AuxiliaryTap = Backbone.TapCount - 2;

    // Fields that hold modules have PyTorch's names, because torch registers them under the names they have here.
    private readonly Backbone backbone;
    private readonly nn.Module<Tensor, Tensor> classifier;
    private readonly Sequential? aux_classifier;

    /// <summary>Puts new heads on a backbone, on the CPU. V3 and auxiliary heads have PyTorch's default initialisation, V2 that of its paper.</summary>
    /// <param name="backbone">The backbone, which becomes part of this network; <see cref="Shape"/> is the usual one.</param>
    /// <param name="classes">The number of classes without background, 1 to <see cref="MaximumClasses"/>.</param>
    /// <param name="head">What reads the deepest tap.</param>
    /// <param name="auxiliary">Whether a second head learns from the fourth tap, which helps the backbone to learn and is not used afterwards.</param>
    /// <param name="normalisation">Which statistics the batch norms of the heads use; those of the backbone are its own matter.</param>
    public DeepLabNetwork(
        Backbone backbone, int classes, DeepLabHead head = DeepLabHead.V3, bool auxiliary = true, Normalisation normalisation = Normalisation.BatchNorm)
        : base(nameof(DeepLabNetwork))
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, MaximumClasses);
        this.backbone = backbone;
        (Classes, Head, Normalisation) = (classes, head, normalisation);
        int labels = classes + 1, deepest = backbone.TapChannels[^1], stride = backbone.TapStrides[^1];
        classifier = head switch
        {
            DeepLabHead.V3 => nn.Sequential(
            [
                ("0", Pyramid = new AtrousPyramid(deepest, stride, normalisation)),
                .. HeadUnit.Layers(AtrousPyramid.Width, AtrousPyramid.Width, 3, normalisation, first: 1),
                ("4", nn.Conv2d(AtrousPyramid.Width, labels, kernel_size: 1)),
            ]),
            DeepLabHead.V2 => new AtrousSum(deepest, labels, stride),
            _ => throw new ArgumentOutOfRangeException(nameof(head), head, "No known head."),
        };
        register_module("backbone", backbone);
        register_module("classifier", classifier);
        if (!auxiliary)
            return;
        int inputs = backbone.TapChannels[AuxiliaryTap], inner = Math.Max(1, inputs / 4);
        aux_classifier = nn.Sequential([.. HeadUnit.Layers(inputs, inner, 3, normalisation), ("3", nn.Dropout(0.1)), ("4", nn.Conv2d(inner, labels, kernel_size: 1))]);
        register_module("aux_classifier", aux_classifier);
    }

    /// <summary>The shape of the usual backbone: ResNet-50 of output stride 8, dilated, with frozen batch norms.</summary>
    public static ResNetOptions Shape { get; } = new() { OutputStride = 8, Dilated = true };

    /// <summary>The feature extractor.</summary>
    public Backbone Backbone => backbone;

    /// <summary>The number of classes, background not counted.</summary>
    public int Classes { get; }

    /// <summary>What reads the deepest tap.</summary>
    public DeepLabHead Head { get; }

    /// <summary>Whether there is an auxiliary head.</summary>
    public bool HasAuxiliary => aux_classifier is not null;

    /// <summary>Which statistics the batch norms of the heads use.</summary>
    public Normalisation Normalisation { get; }

    /// <summary>The pooling of head V3; null for V2.</summary>
    internal AtrousPyramid? Pyramid { get; }

    /// <summary>Classifies every pixel. Where a head's batch norm is live and has one value a channel, as the mean of a single image, its running statistics serve.</summary>
    /// <param name="images">Normalised images [B,3,H,W].</param>
    /// <returns>Logits [B,Classes + 1,H,W], background first, of the head and of the auxiliary one where there is one.</returns>
    public (Tensor Logits, Tensor? Auxiliary) forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        (long height, long width) = (images.shape[2], images.shape[3]);
        Tensor middle = Backbone.Stages(0, AuxiliaryTap + 1, images);
        Tensor? auxiliary = HasAuxiliary ? Enlarge(AuxiliaryLogits(middle), height, width) : null;
        Tensor logits = Enlarge(Logits(Backbone.Stage(Backbone.TapCount - 1, middle)), height, width);
        return (logits.MoveToOuterDisposeScope(), auxiliary?.MoveToOuterDisposeScope());
    }

    /// <summary>Classifies the cells of the deepest tap.</summary>
    /// <param name="deepest">The backbone's last tap [B,C,h,w].</param>
    /// <returns>Logits [B,Classes + 1,h,w], background first.</returns>
    public Tensor Logits(Tensor deepest) => classifier.forward(deepest);

    /// <summary>Classifies the cells of the fourth tap.</summary>
    /// <param name="middle">The backbone's last tap but one [B,C,h,w].</param>
    /// <returns>Logits [B,Classes + 1,h,w], background first.</returns>
    /// <exception cref="InvalidOperationException">There is no auxiliary head.</exception>
    public Tensor AuxiliaryLogits(Tensor middle) =>
        (aux_classifier ?? throw new InvalidOperationException("The network was made without an auxiliary head.")).forward(middle);

    /// <summary>Logits at another size, bilinear between the centres of cells.</summary>
    internal static Tensor Enlarge(Tensor logits, long height, long width) =>
        nn.functional.interpolate(logits, [height, width], mode: InterpolationMode.Bilinear, align_corners: false);
}
