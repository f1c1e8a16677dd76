using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Training;
using Microsoft.ML.IrNet.Weights;

namespace QuickStart;

/// <summary>The method's options for small images and a small network that starts from random weights; on photographs the defaults serve.</summary>
internal static class Recipe
{
    // The longer side of every image of the built-in set.
    private const int Side = 160;

    public static LabellingRunOptions For(string outputFolder) => new()
    {
        OutputFolder = outputFolder,
        // A ResNet-18 with a quarter of the usual channels. Nothing is pretrained, so all of it learns and its batch norms follow the batches.
        // Objects are small: cells of 8 pixels in the last layers, where photographs have 16.
        Backbone = new ResNetOptions { Depth = ResNetDepth.ResNet18, BaseWidth = 16, OutputStride = 8, Normalisation = Normalisation.BatchNorm },
        FrozenStages = 0,
        CamTraining = new CamTrainingOptions
        {
            Epochs = 14,
            BatchSize = 8,
            LearningRate = 0.06,
            ClassifierLearningRateFactor = 1,
            Momentum = 0.9,
            CropSize = 112,
            ResizeLongMin = 96,
            ResizeLongMax = 128,
        },
        Cam = new CamOptions { Scales = [0.75f, 1.25f] },
        // Colours vary more within the drawn textures than within most photographed objects.
        InterPixelLabels = new InterPixelLabelOptions
        {
            ForegroundThreshold = 0.4f,
            BackgroundThreshold = 0.25f,
            Crf = new DenseCrfOptions { ColorDeviation = 15 },
        },
        IrNetOnClassifierBackbone = true,
        // An object is about 15 cells wide, in photographs of 500 pixels 60: the radius of the pairs shrinks with it. With a larger one most pairs join
        // two objects of one class, and the displacement field learns the centre of the group.
        IrNetTraining = new IrNetTrainingOptions
        {
            Epochs = 6,
            BatchSize = 8,
            LearningRate = 0.02,
            DisplacementLearningRateFactor = 20,
            Momentum = 0.9,
            CropSize = 112,
            ScaleMin = 0.7,
            ScaleMax = 1,
            Radius = 4,
        },
        IrNet = new IrNetInferenceOptions { Canvas = Side },
        // Few steps cross a small object, and the centroids of neighbours are only some cells apart.
        Labels = new PseudoLabelOptions
        {
            CamBackgroundThreshold = 0.35f,
            BackgroundThreshold = 0.4f,
            SemanticBackgroundThreshold = 0.3f,
            Walk = new RandomWalkOptions { Exponent = 4 },
            CentroidDistance = 0.6f,
        },
        Seed = 1,
    };

    /// <summary>Mask R-CNN of a quarter of the usual width, on the classifier's backbone.</summary>
    public static MaskRcnnEstimatorOptions MaskRcnn(Backbone classifier) => new()
    {
        CustomBackbone = () => CopyOf(classifier, new ResNetOptions { Depth = ResNetDepth.ResNet18, BaseWidth = 16, OutputStride = 32, Normalisation = Normalisation.BatchNorm }),
        Channels = 64,
        Training = new MaskRcnnTrainingOptions
        {
            Steps = 300,
            BatchSize = 8,
            LearningRate = 0.02,
            GradientClip = 10,
            ShorterSides = [Side],
            LongerSide = Side,
            FrozenStages = 0,
            FreezeBatchNorms = false,
            RegionsPerPhotograph = 64,
            ProposalsBeforeNms = 400,
            Proposals = 200,
        },
        Inference = new() { ShorterSide = Side, LongerSide = Side, ProposalsBeforeNms = 200, Proposals = 100 },
    };

    /// <summary>DeepLab on the classifier's backbone.</summary>
    public static DeepLabEstimatorOptions DeepLab(Backbone classifier) => new()
    {
        CustomBackbone = () => CopyOf(classifier, new ResNetOptions
        {
            Depth = ResNetDepth.ResNet18,
            BaseWidth = 16,
            OutputStride = 8,
            Dilated = true,
            Normalisation = Normalisation.BatchNorm,
        }),
        Training = new DeepLabTrainingOptions { Steps = 160, BatchSize = 8, LearningRate = 0.02, CropSize = 128, BaseSize = 120, ScaleMin = 0.8, ScaleMax = 1.3 },
        Inference = new() { ShorterSide = 0 },
    };

    private static ResNetBackbone CopyOf(Backbone classifier, ResNetOptions shape)
    {
        var backbone = new ResNetBackbone(shape);
        ModuleWeights.Load(backbone, ModuleWeights.Save(classifier)).RequireComplete("the classifier's backbone");
        return backbone;
    }
}
