// From image-level tags to masks on a data set that is drawn here, from a seed:
//   dotnet run -c Release --project samples/QuickStart -- [output folder] [--student] [--figures]
// With --student, Mask R-CNN and DeepLab then learn from these masks; with --figures, the stages of one image are written as pictures.
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Reports;
using Microsoft.ML.IrNet.Runs;
using QuickStart;
using Shapes;

const int Images = 320;
const int HeldBack = 80;
const string Figured = "shapes_0079";

NativeHeap.KeepFreed();
var watch = Stopwatch.StartNew();
bool withStudents = args.Contains("--student");
string output = Path.GetFullPath(args.FirstOrDefault(argument => !argument.StartsWith("--", StringComparison.Ordinal)) ?? "quickstart-output");
// The stages' own files would let a second run take over what the first one made; a demonstration shows the work.
if (Directory.Exists(Path.Combine(output, "work")))
    Directory.Delete(Path.Combine(output, "work"), recursive: true);

Console.WriteLine($"{Images} images with tags ({string.Join(", ", ShapesDataSet.Classes)}); masks are kept for measuring only");
PhotographSet data = ShapesFolder.Write(new ShapesDataSet(Images, seed: 1), Path.Combine(output, "data"));

var log = new RunLog();
LabellingRunOptions recipe = Recipe.For(output);
using LabellingRunResult result = LabellingRun.Execute(data, recipe, log);

string metrics = Path.Combine(output, "metrics.json");
RunMetricsFile.Write(metrics, result, data.Classes);
List<SummaryTable> tables = [.. Summary.Tables(data, result)];
if (withStudents)
{
    PhotographSet heldBack = ShapesFolder.Write(new ShapesDataSet(HeldBack, seed: 2), Path.Combine(output, "held-back"));
    var students = new Students(output, data, heldBack, result);
    students.Train(log);
    tables.Add(students.Table);
    JsonObject json = JsonNode.Parse(File.ReadAllText(metrics))!.AsObject();
    json["students"] = students.Metrics;
    AtomicFile.WriteText(metrics, json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
}
if (args.Contains("--figures"))
    StageFigures.Write(Path.Combine(output, "figures"), data.Photographs.Single(photograph => photograph.Name == Figured), result, recipe);
foreach (SummaryTable table in tables)
    Summary.Print(table);
string page = Path.Combine(output, "index.html");
LabelReport.Write(page, output, new LabelReportOptions { Data = data });

Console.WriteLine();
Console.WriteLine($"{watch.Elapsed.TotalSeconds:F0} s in all. Open {page}; labels, labeller.zip and metrics.json are beside it.");
