using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>How DeepLab is trained on the semantic maps of a data view. The defaults take what <c>SemanticPseudoLabels</c> puts out.</summary>
public sealed record DeepLabEstimatorOptions : DeepLabTransformerOptions
{
    /// <summary>Input of Fit: the class of each pixel, [height, width] of the photograph: 0 background, class index + 1, 255 not known.</summary>
    public string LabelColumnName { get; init; } = ColumnNames.SemanticMap;

    /// <summary>Input of Fit: a vector of Key&lt;UInt32&gt; whose KeyValues name the classes; null for Tags, PredictedLabel or Label, the first that the data has.</summary>
    public string? KeyColumnName { get; init; }

    /// <summary>The names of the classes, for data without a column of keys; not used otherwise.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The recipe; the usual one, scaled to the set and validated as <see cref="DeepLabTransformerOptions.Inference"/> says, where null. Its seed and device are those of the MLContext, whatever is set here.</summary>
    public DeepLabTrainingOptions? Training { get; init; }

    /// <summary>Measured after each epoch by mean IoU, to keep the best model; its columns have the names of the training data's. Null for none.</summary>
    public IDataView? ValidationSet { get; init; }

    /// <summary>What reads the deepest features.</summary>
    public DeepLabHead Head { get; init; } = DeepLabHead.V3;

    /// <summary>Whether a second head helps the backbone to learn.</summary>
    public bool Auxiliary { get; init; } = true;

    /// <summary>Which statistics the batch norms of the heads use; those of the backbone are in <see cref="Backbone"/>.</summary>
    public Normalisation HeadNormalisation { get; init; } = Normalisation.BatchNorm;

    /// <summary>The backbone's shape, dilated. Not used where <see cref="CustomBackbone"/> is given.</summary>
    public ResNetOptions Backbone { get; init; } = DeepLabNetwork.Shape;

    /// <summary>
    /// The weights that the backbone starts from: a safetensors or .pth file, the name of a known source, or null for random weights. <see cref="BackboneSource.ImageNet"/>, the
    /// default, is torchvision's for the backbone's depth, downloaded once into the user's cache. Not used where <see cref="CustomBackbone"/> or <see cref="InitialWeights"/> is given.
    /// </summary>
    public string? BackboneWeights { get; init; } = BackboneSource.ImageNet;

    /// <summary>
    /// A safetensors or .pth file with the weights of a whole DeepLab to start from, by torchvision's names. Layers of the heads that have another shape there, as for another
    /// number of classes, start anew, which a warning says. Null for none.
    /// </summary>
    public string? InitialWeights { get; init; }

    /// <summary>Makes a backbone of one's own, with its weights. Its model saves and loads when the class is public and has a public constructor without parameters.</summary>
    public Func<Backbone>? CustomBackbone { get; init; }

    /// <summary>Told of each step, beside the context's progress channel; null for nobody.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Ends Fit early, with the best model so far.</summary>
    public CancellationToken Cancellation { get; init; }

    internal override void Validate()
    {
        base.Validate();
        Training?.Validate();
        if (!Enum.IsDefined(Head))
            throw new OptionException(nameof(Head), $"{(int)Head} is no known head; use V3 or V2.");
        if (!Enum.IsDefined(HeadNormalisation))
            throw new OptionException(nameof(HeadNormalisation), $"{(int)HeadNormalisation} is no known normalisation.");
    }
}
