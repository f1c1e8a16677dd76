using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Runs;

/// <summary>How a student is trained from labels, as far as most people choose; the estimators have all the options.</summary>
public sealed record StudentRecipe
{
    private const int MaskRcnnSide = 512, MaskRcnnLongerSide = 800, DeepLabSide = 520, DeepLabCrop = 480;

    /// <summary>Which network.</summary>
    public required StudentKind Kind { get; init; }

    /// <summary>The backbone's depth and kind; its output stride is the student's own.</summary>
    public ResNetOptions Backbone { get; init; } = new();

    /// <summary>The backbone's weights: a file, the name of a known source, or null for random ones, with which all of it learns.</summary>
    public string? BackboneWeights { get; init; } = BackboneSource.ImageNet;

    /// <summary>A file with the weights of a whole network to start from; null for none.</summary>
    public string? InitialWeights { get; init; }

    /// <summary>Optimiser steps; null for the author's recipe scaled to the data set.</summary>
    public int? Steps { get; init; }

    /// <summary>Photographs in a step; the learning rate goes with it.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>The shorter side of the photographs in pixels, in training and afterwards; null for 512 (Mask R-CNN) and 520 (DeepLab).</summary>
    public int? ShorterSide { get; init; }

    /// <summary>Regions of a photograph that Mask R-CNN's second stage learns from; null for 512. A quarter of them are drawn, which is most of the work on small photographs.</summary>
    public int? Regions { get; init; }

    /// <summary>Channels of Mask R-CNN's feature pyramid and heads; null for 256 as published. With half as many a step costs half as much.</summary>
    public int? Channels { get; init; }

    /// <summary>
    /// What reads DeepLab's deepest features. V2, the paper's, learns from ImageNet features in a few hundred steps; V3 needs thousands, or weights of a whole network to start from. Null for V3
    /// where there are <see cref="InitialWeights"/>, else V2.
    /// </summary>
    public DeepLabHead? Head { get; init; }

    /// <summary>Pixels per cell of DeepLab's map, 8 or 16; null for 8 as published. With 16 a step costs a third.</summary>
    public int? OutputStride { get; init; }

    /// <summary>Where the state of an unfinished training is kept; null for nowhere.</summary>
    public string? CheckpointDirectory { get; init; }

    /// <summary>Whether to learn from the drawn masks of the data, instead of from labels.</summary>
    public bool FromDrawnMasks { get; init; }

    /// <summary>What the training is called among the stages of a run.</summary>
    public RunStage Stage => Kind == StudentKind.MaskRcnn ? RunStage.TrainMaskRcnn : RunStage.TrainDeepLab;

    /// <summary>Trains the student.</summary>
    /// <param name="context">Its seed and device count.</param>
    /// <param name="data">Photographs with labels, as <c>LoadLabels</c> gives them, or with drawn masks.</param>
    /// <param name="photographs">How many there are.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Ends the training with the network as far as it got.</param>
    /// <exception cref="IrNetException">As the estimators' Fit.</exception>
    public StudentTransformer Fit(MLContext context, IDataView data, int photographs, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(data);
        return Kind == StudentKind.MaskRcnn
            ? context.MulticlassClassification.Trainers.MaskRcnn(ForMaskRcnn(photographs) with { Progress = progress, Cancellation = cancellation }).Fit(data)
            : context.MulticlassClassification.Trainers.DeepLab(ForDeepLab(photographs) with { Progress = progress, Cancellation = cancellation }).Fit(data);
    }

    internal DeepLabHead ChosenHead => Head ?? (InitialWeights is null ? DeepLabHead.V2 : DeepLabHead.V3);

    private bool StartsRandom => BackboneWeights is null && InitialWeights is null;

    private MaskRcnnEstimatorOptions ForMaskRcnn(int photographs)
    {
        (int shorter, MaskRcnnTrainingOptions training) = (ShorterSide ?? MaskRcnnSide, MaskRcnnTrainingOptions.ForSet(photographs, BatchSize));
        int longer = shorter * MaskRcnnLongerSide / MaskRcnnSide;
        return new MaskRcnnEstimatorOptions
        {
            LabelColumnName = FromDrawnMasks ? ColumnNames.Label : ColumnNames.PredictedLabel,
            BoundingBoxesColumnName = FromDrawnMasks ? ColumnNames.BoundingBoxes : ColumnNames.PredictedBoundingBoxes,
            MasksColumnName = FromDrawnMasks ? ColumnNames.Masks : ColumnNames.PredictedMasks,
            Channels = Channels ?? MaskRcnnNetwork.PublishedChannels,
            Backbone = Backbone with { OutputStride = 32 },
            BackboneWeights = BackboneWeights,
            InitialWeights = InitialWeights,
            Training = training with
            {
                Steps = Steps ?? training.Steps,
                ShorterSides = [shorter],
                LongerSide = longer,
                RegionsPerPhotograph = Regions ?? training.RegionsPerPhotograph,
                FrozenStages = StartsRandom ? 0 : training.FrozenStages,
                FreezeBatchNorms = !StartsRandom,
                CheckpointDirectory = CheckpointDirectory,
            },
            Inference = new() { ShorterSide = shorter, LongerSide = longer },
        };
    }

    private DeepLabEstimatorOptions ForDeepLab(int photographs)
    {
        (int side, DeepLabTrainingOptions training) = (ShorterSide ?? DeepLabSide, DeepLabTrainingOptions.ForSet(photographs, BatchSize, ChosenHead));
        var inference = new DeepLabInferenceOptions { ShorterSide = side };
        return new DeepLabEstimatorOptions
        {
            LabelColumnName = FromDrawnMasks ? ColumnNames.SemanticLabel : ColumnNames.SemanticMap,
            Head = ChosenHead,
            Backbone = Backbone with { OutputStride = OutputStride ?? DeepLabNetwork.Shape.OutputStride, Dilated = true },
            BackboneWeights = BackboneWeights,
            InitialWeights = InitialWeights,
            Training = training with
            {
                Steps = Steps ?? training.Steps,
                BaseSize = side,
                CropSize = Math.Max(32, side * DeepLabCrop / DeepLabSide),
                CheckpointDirectory = CheckpointDirectory,
                Validation = inference,
            },
            Inference = inference,
        };
    }
}
