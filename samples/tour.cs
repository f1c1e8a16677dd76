// The whole method as an ML.NET pipeline on the built-in photographs: load, fit, evaluate, save, load, label one photograph, write a picture.
//   dotnet run -c Release samples/tour.cs -- [photographs] [epochs] [output folder]
#:project Shapes/Shapes.csproj
// File-based apps are made ready for native compilation, which ML.NET's prediction engines are not.
#:property PublishAot=false

using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Rendering;
using Microsoft.ML.IrNet.Training;
using Microsoft.ML.IrNet.Weights;
using Microsoft.ML.Runtime;
using Shapes;

int photographs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
int epochs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 14;
string output = args.Length > 2 ? args[2] : "tour-output";
NativeHeap.KeepFreed();

// 1. Load. Every photograph has tags, which are learned from, and here also exact masks, which only the evaluation sees.
//    With photographs of your own: ml.Data.LoadTagFolder, LoadVoc or LoadCoco.
PhotographSet shapes = ShapesFolder.Write(new ShapesDataSet(photographs, seed: 1), Path.Combine(output, "photographs"));
var ml = new MLContext(seed: 1);
ml.Log += (_, log) =>
{
    if (log.Kind >= ChannelMessageKind.Info && log.Source.Contains("Estimator", StringComparison.Ordinal))
        Console.WriteLine($"  {log.RawMessage}");
};
IDataView tagged = ml.Data.LoadPhotographs(shapes);

// 2. Choose. Small images and a network that starts from random weights need options of their own; for photographs the defaults serve.
var network = new ResNetOptions { Depth = ResNetDepth.ResNet18, BaseWidth = 16, OutputStride = 8, Normalisation = Normalisation.BatchNorm };
var camOptions = new CamEstimatorOptions
{
    Backbone = network,
    BackboneWeights = null,
    FrozenStages = 0,
    Training = new() { Epochs = epochs, BatchSize = 8, LearningRate = 0.06, ClassifierLearningRateFactor = 1, Momentum = 0.9, CropSize = 112, ResizeLongMin = 96, ResizeLongMax = 128 },
    Maps = new() { Scales = [0.75f, 1.25f] },
};
// IRNet stands on the backbone that the classifier has trained by then.
CamTransformer? classifier = null;
var irNetOptions = new IrNetEstimatorOptions
{
    CustomBackbone = () =>
    {
        var backbone = new ResNetBackbone(network);
        ModuleWeights.Load(backbone, ModuleWeights.Save(classifier!.Network.Backbone)).RequireComplete("the classifier's backbone");
        return backbone;
    },
    Labels = new() { ForegroundThreshold = 0.4f, BackgroundThreshold = 0.25f, Crf = new DenseCrfOptions { ColorDeviation = 15 } },
    Training = new()
    {
        Epochs = Math.Max(1, epochs / 2), BatchSize = 8, LearningRate = 0.02, DisplacementLearningRateFactor = 20, Momentum = 0.9,
        CropSize = 112, ScaleMin = 0.7, ScaleMax = 1, Radius = 4, Canvas = 160,
    },
    Maps = new() { Canvas = 160 },
};
var masks = new PseudoLabelOptions { BackgroundThreshold = 0.4f, SemanticBackgroundThreshold = 0.3f, Walk = new RandomWalkOptions { Exponent = 4 }, CentroidDistance = 0.6f };

// 3. Fit: a classifier learns the tags, IRNet learns from its activation maps, a random walk makes masks.
var pipeline = ml.Transforms.ClassActivationMaps(camOptions).WithOnFitDelegate(fitted => classifier = fitted)
    .Append(ml.Transforms.InterPixelRelations(irNetOptions))
    .Append(ml.Transforms.InstancePseudoLabels(new() { Labels = masks }))
    .Append(ml.Transforms.SemanticPseudoLabels(new() { Labels = masks }));
ITransformer labeller = pipeline.Fit(tagged);

// 4. Evaluate.
IDataView labelled = labeller.Transform(tagged);
InstanceSegmentationMetrics instances = ml.MulticlassClassification.EvaluateInstanceSegmentation(labelled);
SemanticSegmentationMetrics semantic = ml.MulticlassClassification.EvaluateSemanticSegmentation(labelled);
Console.WriteLine($"instances AP50 {100 * instances.AP50:F1}, semantic maps mIoU {100 * semantic.MeanIoU:F1}");

// 5. Save and load.
string model = Path.Combine(output, "labeller.zip");
ml.Model.SaveLabeller(labeller, tagged.Schema, model);
ITransformer loaded = new MLContext().Model.LoadLabeller(model);

// 6. Label a photograph that nothing has seen. It comes without tags: the classifier says what is in it.
RgbImage photograph = new ShapesDataSet(1, seed: 3).Load(0);
using var engine = ml.Model.CreatePredictionEngine<PhotographRow, LabelsRow>(loaded);
using var row = PhotographRow.Of(photograph);
ImageLabels labels = engine.Predict(row).ToImageLabels();
foreach (InstanceLabel instance in labels.Instances)
    Console.WriteLine($"  {shapes.Classes[instance.ClassIndex]} {instance.Score:F2} at {instance.Box}");
string picture = Path.Combine(output, "masks.png");
PngFile.Write(picture, MaskOverlay.Instances(photograph, labels.Instances));
Console.WriteLine($"the masks are drawn in {picture}");
