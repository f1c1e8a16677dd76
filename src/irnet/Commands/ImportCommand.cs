using System.CommandLine;
using System.Text.Json.Nodes;
using IrNetTool.Progress;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Weights;

namespace IrNetTool.Commands;

/// <summary><c>irnet import</c>: a model from the checkpoints that the published code writes.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var command = new ToolCommand("import", "Make a model of the published code's checkpoints, res50_cam.pth and res50_irn.pth.",
            "irnet import --cam res50_cam.pth --irnet res50_irn.pth --classes voc --out labeller.zip");
        Option<string> cam = new Option<string>("--cam") { Description = "The classifier's checkpoint (.pth or .safetensors).", Required = true, HelpName = "FILE" }.MustBeFile();
        Option<string> irNet = new Option<string>("--irnet") { Description = "IRNet's checkpoint (.pth or .safetensors).", Required = true, HelpName = "FILE" }.MustBeFile();
        var classes = new Option<string>("--classes") { Description = "voc, or a text file with a class name a line in the checkpoint's order.", HelpName = "voc|FILE", DefaultValueFactory = _ => "voc" };
        classes.CompletionSources.Add("voc");
        var strideIn1x1 = new Option<bool>("--stride-in-1x1") { Description = "The backbone strides in its 1x1 convolutions." };
        var output = new Option<string>("--out") { Description = "The model to write.", Required = true, HelpName = "FILE" };
        foreach (Option option in new Option[] { cam, irNet, classes, strideIn1x1, output })
            command.Options.Add(option);
        command.SetJob((parsed, screen, cancellation) => Run(
            screen, parsed.GetRequiredValue(cam), parsed.GetRequiredValue(irNet), Classes(parsed.GetRequiredValue(classes)),
            new ResNetOptions { StrideIn1x1 = parsed.GetValue(strideIn1x1) }, parsed.GetRequiredValue(output), cancellation));
        return command;
    }

    private static int Run(Screen screen, string camPath, string irNetPath, IReadOnlyList<string> classes, ResNetOptions shape, string output, CancellationToken cancellation)
    {
        NativeTorch.Require();
        using var cam = new CamNetwork(new ResNetBackbone(shape), classes.Count);
        using var irNet = new IrNetwork(new ResNetBackbone(shape));
        screen.Follow(view =>
        {
            view.Begin("import", 3, "files");
            view.Advance(1, Fill(screen, "cam", cam, camPath, CamNetwork.OfficialName));
            cancellation.ThrowIfCancellationRequested();
            view.Advance(2, Fill(screen, "irnet", irNet, irNetPath, IrNetwork.OfficialName));
            cancellation.ThrowIfCancellationRequested();
            new LabellerModel(cam, irNet, classes, new LabellerOptions()).Save(output);
            view.Advance(3, output);
            view.End("done");
            return output;
        });
        screen.Line($"the model is {output}");
        screen.Figures["classes"] = classes.Count;
        screen.Figures["out"] = output;
        return ExitCode.Success;
    }

    private static string Fill(Screen screen, string name, TorchSharp.torch.nn.Module network, string path, Func<string, string?> rename)
    {
        WeightReport report = ModuleWeights.Load(network, WeightFile.Read(path), rename);
        report.RequireComplete(path);
        screen.Figures[name] = new JsonObject { ["loaded"] = report.Loaded.Count, ["unexpected"] = new JsonArray([.. report.Unexpected.Select(tensor => (JsonNode)tensor)]) };
        return $"{path}: {report.Summary}";
    }

    private static IReadOnlyList<string> Classes(string text)
    {
        if (text == "voc")
            return VocDataSet.Classes;
        if (!File.Exists(text))
            throw new OptionException("--classes", $"'{text}' is neither voc nor a file with a class name a line.");
        string[] names = [.. File.ReadLines(text).Select(line => line.Trim()).Where(line => line.Length > 0)];
        if (names.Length == 0)
            throw new OptionException("--classes", $"{text} holds no class name; give one a line.");
        if (names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } repeated)
            throw new OptionException("--classes", $"{text} names '{repeated.Key}' {repeated.Count()} times; give each class once.");
        return names;
    }
}
