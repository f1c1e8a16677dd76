using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Training;

namespace QuickStart;

/// <summary>The method's options for small images and a small network that starts from random weights; on photographs the defaults serve.</summary>
internal static class Recipe
{
    // The longer side of every image of the built-in set.
    private const int Side = 160;

    public static LabellingRunOptions For(string outputFolder) => new()
    {
        OutputFolder = outputFolder,
        // A ResNet-18 with a third of the usual channels. Nothing is pretrained, so all of it learns and its batch norms follow the batches.
        Backbone = new ResNetOptions { Depth = ResNetDepth.ResNet18, BaseWidth = 20, Normalisation = Normalisation.BatchNorm },
        FrozenStages = 0,
        CamTraining = new CamTrainingOptions
        {
            Epochs = 12, BatchSize = 8, LearningRate = 0.03, ClassifierLearningRateFactor = 1, Momentum = 0.9,
            CropSize = 128, ResizeLongMin = 112, ResizeLongMax = 144,
        },
        Cam = new CamOptions { Scales = [1, 2] },
        // The maps of so coarse a network reach far beyond the objects: only their hot middle is taken for granted, and textures may vary more in colour.
        InterPixelLabels = new InterPixelLabelOptions
        {
            ForegroundThreshold = 0.5f, BackgroundThreshold = 0.3f, Crf = new DenseCrfOptions { ColorDeviation = 15 },
        },
        IrNetOnClassifierBackbone = true,
        // Objects are about 15 cells wide, where photographs of 500 pixels have 60: the radius of pairs shrinks with them.
        IrNetTraining = new IrNetTrainingOptions
        {
            Epochs = 5, BatchSize = 8, LearningRate = 0.02, DisplacementLearningRateFactor = 15, Momentum = 0.9,
            CropSize = 128, ScaleMin = 0.75, ScaleMax = 1, Radius = 4,
        },
        IrNet = new IrNetInferenceOptions { Canvas = Side },
        // Fewer steps cross a small object, and centroids are sharper than 2.5 cells.
        Labels = new PseudoLabelOptions
        {
            CamBackgroundThreshold = 0.45f, BackgroundThreshold = 0.4f, SemanticBackgroundThreshold = 0.3f,
            Walk = new RandomWalkOptions { Exponent = 5 }, CentroidDistance = 0.5f,
        },
        Seed = 1,
    };
}
