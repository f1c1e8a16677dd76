using System.CommandLine;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Weights;
using Spectre.Console;

namespace IrNetTool.Commands;

/// <summary><c>irnet import</c>: a model from the checkpoints that the published code writes.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var command = new Command("import", "Make a model of the published code's checkpoints, res50_cam.pth and res50_irn.pth.");
        var cam = new Option<string>("--cam") { Description = "The classifier's checkpoint.", Required = true, HelpName = "FILE" };
        var irNet = new Option<string>("--irnet") { Description = "IRNet's checkpoint.", Required = true, HelpName = "FILE" };
        var classes = new Option<string>("--classes") { Description = "voc, or a text file with a class name a line in the checkpoint's order.", HelpName = "voc|FILE", DefaultValueFactory = _ => "voc" };
        var strideIn1x1 = new Option<bool>("--stride-in-1x1") { Description = "The backbone strides in its 1x1 convolutions." };
        var output = new Option<string>("--out") { Description = "The model to write.", Required = true, HelpName = "FILE" };
        foreach (Option option in new Option[] { cam, irNet, classes, strideIn1x1, output })
            command.Options.Add(option);
        HelpExample.Add(command, "irnet import --cam res50_cam.pth --irnet res50_irn.pth --classes voc --out labeller.zip");
        command.SetAction((parsed, _) => Task.FromResult(Run(
            parsed.GetValue(cam)!, parsed.GetValue(irNet)!, parsed.GetValue(classes)!, parsed.GetValue(strideIn1x1), parsed.GetValue(output)!)));
        return command;
    }

    private static int Run(string camPath, string irNetPath, string classesText, bool strideIn1x1, string output)
    {
        IReadOnlyList<string> classes = Classes(classesText);
        var shape = new ResNetOptions { StrideIn1x1 = strideIn1x1 };
        using var cam = new CamNetwork(new ResNetBackbone(shape), classes.Count);
        using var irNet = new IrNetwork(new ResNetBackbone(shape));
        WeightReport camReport = ModuleWeights.Load(cam, WeightFile.Read(camPath), CamNetwork.OfficialName);
        camReport.RequireComplete(camPath);
        WeightReport irNetReport = ModuleWeights.Load(irNet, WeightFile.Read(irNetPath), IrNetwork.OfficialName);
        irNetReport.RequireComplete(irNetPath);
        LabellerFile.Save(output, cam, irNet, classes);
        AnsiConsole.WriteLine($"{camPath}: {camReport.Summary}");
        AnsiConsole.WriteLine($"{irNetPath}: {irNetReport.Summary}");
        AnsiConsole.WriteLine($"the model is {output}");
        return ExitCode.Success;
    }

    private static IReadOnlyList<string> Classes(string text)
    {
        if (text == "voc")
            return VocDataSet.Classes;
        if (!File.Exists(text))
            throw new OptionException("--classes", $"'{text}' is neither voc nor a file with a class name a line.");
        string[] names = [.. File.ReadLines(text).Select(line => line.Trim()).Where(line => line.Length > 0)];
        return names.Length > 0 ? names : throw new OptionException("--classes", $"{text} holds no class name.");
    }
}
