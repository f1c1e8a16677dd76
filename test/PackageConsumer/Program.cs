// The README's pipeline in small: learns from a folder with tags.csv, saves, loads, labels, and teaches a student.
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Training;

var ml = new MLContext(seed: 1);
IDataView tagged = ml.Data.LoadTagFolder(args[0]);
var backbone = new ResNetOptions { Depth = ResNetDepth.ResNet18, BaseWidth = 4 };

var pipeline = ml.Transforms.ClassActivationMaps(new()
    {
        Epochs = 1,
        BatchSize = 2,
        Training = new CamTrainingOptions { CropSize = 32, ResizeLongMin = 32, ResizeLongMax = 48 },
        Backbone = backbone,
        BackboneWeights = null,
        FrozenStages = 0,
        Maps = new CamOptions { Scales = [1f] },
    })
    .Append(ml.Transforms.InterPixelRelations(new()
    {
        Epochs = 1,
        BatchSize = 2,
        Training = new IrNetTrainingOptions { CropSize = 32, Radius = 3, Canvas = 64 },
        Backbone = backbone,
        BackboneWeights = null,
        Maps = new IrNetInferenceOptions { Canvas = 64 },
    }))
    .Append(ml.Transforms.InstancePseudoLabels())
    .Append(ml.Transforms.SemanticPseudoLabels());

ITransformer labeller = pipeline.Fit(tagged);
ml.Model.Save(labeller, tagged.Schema, "labeller.zip");
IDataView labelled = ml.Model.Load("labeller.zip", out _).Transform(tagged);
int[] pixels = [.. labelled.GetColumn<byte[]>("SemanticMap").Select(map => map.Length)];
Console.WriteLine($"{pixels.Length} semantic maps");

using var student = ml.MulticlassClassification.Trainers.DeepLab(new DeepLabEstimatorOptions
{
    Backbone = DeepLabNetwork.Shape with { Depth = ResNetDepth.ResNet18, BaseWidth = 4 },
    BackboneWeights = null,
    Head = DeepLabHead.V2,
    Training = new DeepLabTrainingOptions { Epochs = 1, CropSize = 64, BaseSize = 64 },
}).Fit(labelled);
Console.WriteLine($"{student.Transform(tagged).GetColumn<byte[]>("SemanticMap").Count()} predictions");
