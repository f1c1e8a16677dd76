using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>How Mask R-CNN is trained on the instances of a data view. The defaults take what <c>InstancePseudoLabels</c> puts out.</summary>
public sealed record MaskRcnnEstimatorOptions : MaskRcnnTransformerOptions
{
    /// <summary>Input of Fit: the class of each instance, a vector of Key&lt;UInt32&gt; with KeyValues, which name the classes.</summary>
    public string LabelColumnName { get; init; } = ColumnNames.PredictedLabel;

    /// <summary>Input of Fit: x0, y0, x1, y1 of each instance; the boxes of the masks where there is no such column.</summary>
    public string BoundingBoxesColumnName { get; init; } = ColumnNames.PredictedBoundingBoxes;

    /// <summary>Input of Fit: the mask of each instance as COCO's compressed run lengths.</summary>
    public string MasksColumnName { get; init; } = ColumnNames.PredictedMasks;

    /// <summary>
    /// Input of Fit: how sure each instance is, for <see cref="MaskRcnnTrainingOptions.MinimumLabelScore"/> and <see cref="MaskRcnnTrainingOptions.WeightByScore"/>; 1 where
    /// there is no such column.
    /// </summary>
    public string LabelScoreColumnName { get; init; } = ColumnNames.Score;

    /// <summary>The recipe; the author's, scaled to the set, where null. Its seed and device are those of the MLContext, whatever is set here.</summary>
    public MaskRcnnTrainingOptions? Training { get; init; }

    /// <summary>Measured after each epoch by COCO's AP of masks, to keep the best model; its columns have the names of the training data's. Null for none.</summary>
    public IDataView? ValidationSet { get; init; }

    /// <summary>Channels of the feature pyramid and the mask branch, a quarter of the box branch's features; 256 as published, less for small networks. At least 1.</summary>
    public int Channels { get; init; } = MaskRcnnNetwork.PublishedChannels;

    /// <summary>The backbone's shape, with an output stride of 32. Not used where <see cref="CustomBackbone"/> is given.</summary>
    public ResNetOptions Backbone { get; init; } = new() { OutputStride = 32 };

    /// <summary>
    /// The weights that the backbone starts from: a safetensors or .pth file, the name of a known source, or null for random weights. <see cref="BackboneSource.ImageNet"/>, the
    /// default, is torchvision's for the backbone's depth, downloaded once into the user's cache. Not used where <see cref="CustomBackbone"/> or <see cref="InitialWeights"/> is given.
    /// </summary>
    public string? BackboneWeights { get; init; } = BackboneSource.ImageNet;

    /// <summary>
    /// A safetensors or .pth file with the weights of a whole Mask R-CNN to start from, by torchvision's names. The layers that depend on the number of classes start anew
    /// where that differs, which a warning says. Null for none.
    /// </summary>
    public string? InitialWeights { get; init; }

    /// <summary>Makes a backbone of one's own, with its weights; strides of taps 1 to 4 are 4, 8, 16 and 32. Its model saves and loads when the class is public and has a public constructor without parameters.</summary>
    public Func<Backbone>? CustomBackbone { get; init; }

    /// <summary>Told of each step, beside the context's progress channel; null for nobody.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Ends Fit early, with the best model so far.</summary>
    public CancellationToken Cancellation { get; init; }

    internal override void Validate()
    {
        base.Validate();
        Training?.Validate();
        if (Channels < 1)
            throw new OptionException(nameof(Channels), $"is {Channels}; it must be at least 1.");
    }

    internal InstanceColumnOptions Columns(bool hasScores) => new(LabelColumnName, MasksColumnName)
    {
        BoundingBoxesColumnName = BoundingBoxesColumnName,
        ScoreColumnName = hasScores ? LabelScoreColumnName : null,
    };
}
