// Boxes learned from nothing but tags, with ML.NET's own detector. First make the labels, then train on them:
//   dotnet run -c Release --project src/irnet -- label --model labeller.zip --images photographs --out labels
//   dotnet run -c Release --project samples/ObjectDetection -- photographs labels [epochs]
// The trainer fetches its pretrained weights. Its columns are those of mlContext.Data.LoadLabels; this program reads the label folder's COCO file instead, because
// Microsoft.ML.TorchSharp needs an older TorchSharp than Microsoft.ML.IrNet does (ObjectDetection.csproj).
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.TorchSharp;
using ObjectDetection;

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
IDataView labelled = ml.Data.LoadFromEnumerable(LabelledPhotograph.ReadAll(Path.Combine(labels, "annotations.json")));

var pipeline = ml.Transforms.LoadImages("Image", folder, nameof(LabelledPhotograph.ImagePath))
    .Append(ml.Transforms.Conversion.MapValueToKey("Label", nameof(LabelledPhotograph.Classes)))
    .Append(ml.MulticlassClassification.Trainers.ObjectDetection(
        labelColumnName: "Label",
        predictedLabelColumnName: "DetectedLabel",
        scoreColumnName: nameof(Detections.DetectedScore),
        boundingBoxColumnName: nameof(LabelledPhotograph.Boxes),
        predictedBoundingBoxColumnName: nameof(Detections.DetectedBoxes),
        imageColumnName: "Image",
        maxEpoch: epochs))
    .Append(ml.Transforms.Conversion.MapKeyToValue(nameof(Detections.DetectedName), "DetectedLabel"));

using var detector = pipeline.Fit(labelled);
ml.Model.Save(detector, labelled.Schema, "detector.zip");

foreach (Detections found in ml.Data.CreateEnumerable<Detections>(ml.Data.TakeRows(detector.Transform(labelled), 10), reuseRowObject: false))
{
    Console.WriteLine(found.ImagePath);
    for (int i = 0; i < found.DetectedName.Length; i++)
        Console.WriteLine($"  {found.DetectedName[i]} {found.DetectedScore[i]:F2} at {string.Join(", ", found.DetectedBoxes.Skip(4 * i).Take(4).Select(side => side.ToString("F0", CultureInfo.InvariantCulture)))}");
}
return 0;
