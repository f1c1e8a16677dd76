// Boxes learned from nothing but tags, with ML.NET's own detector. First make the labels, then train on them:
//   dotnet run -c Release --project src/irnet -- label --model labeller.zip --images photographs --out labels
//   dotnet run -c Release --project samples/ObjectDetection -- photographs labels [epochs]
// ML.NET's package is built against TorchSharp 0.102.7 and runs here with this library's; where that throws MissingMethodException, train in a program
// that references Microsoft.ML.TorchSharp alone and reads the boxes from labels/annotations.json.
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.TorchSharp;

if (args is not [var folder, var labels, ..])
{
    Console.Error.WriteLine("usage: ObjectDetection <folder of photographs> <label folder> [epochs]");
    return 2;
}
int epochs = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 10;

var ml = new MLContext(seed: 1);
ml.Log += (_, log) =>
{
    if (log.Kind >= Microsoft.ML.Runtime.ChannelMessageKind.Info)
        Console.WriteLine(log.Message);
};
IDataView labelled = ml.Data.LoadLabels(labels, TagFolder.LoadImages(folder));

// The trainer takes the number of keys that occur for the number of classes: keys of classes that were never found have to go.
var pipeline = ml.Transforms.Conversion.MapKeyToValue("ClassName", ColumnNames.PredictedLabel)
    .Append(ml.Transforms.Conversion.MapValueToKey("Class", "ClassName"))
    .Append(ml.MulticlassClassification.Trainers.ObjectDetection(
        labelColumnName: "Class",
        predictedLabelColumnName: "DetectedClass",
        scoreColumnName: "DetectedScore",
        boundingBoxColumnName: ColumnNames.PredictedBoundingBoxes,
        predictedBoundingBoxColumnName: "DetectedBoxes",
        imageColumnName: ColumnNames.Image,
        maxEpoch: epochs))
    .Append(ml.Transforms.Conversion.MapKeyToValue("DetectedName", "DetectedClass"));

using var detector = pipeline.Fit(labelled);
ml.Model.Save(detector, labelled.Schema, "detector.zip");

foreach (Detections found in ml.Data.CreateEnumerable<Detections>(ml.Data.TakeRows(detector.Transform(labelled), 10), reuseRowObject: false))
{
    Console.WriteLine(found.ImagePath);
    for (int i = 0; i < found.DetectedName.Length; i++)
        Console.WriteLine($"  {found.DetectedName[i]} {found.DetectedScore[i]:F2} at {string.Join(", ", found.DetectedBoxes.Skip(4 * i).Take(4).Select(side => side.ToString("F0", CultureInfo.InvariantCulture)))}");
}
return 0;

/// <summary>What the detector finds in a photograph.</summary>
internal sealed class Detections
{
    public string ImagePath { get; set; } = "";

    public string[] DetectedName { get; set; } = [];

    public float[] DetectedScore { get; set; } = [];

    public float[] DetectedBoxes { get; set; } = [];
}
