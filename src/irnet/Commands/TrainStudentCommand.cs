using System.CommandLine;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Runs;

namespace IrNetTool.Commands;

/// <summary><c>irnet train-student</c>: Mask R-CNN or DeepLab learns from a label folder, or from drawn masks.</summary>
internal static class TrainStudentCommand
{
    public static Command Create()
    {
        var command = new ToolCommand("train-student", "Train Mask R-CNN or DeepLab on a label folder.",
            "irnet train-student --labels out --data VOC2012 --split train --model maskrcnn --out maskrcnn.zip");
        Option<string?> labels = new Option<string?>("--labels") { Description = "A label folder, such as that of 'irnet run'. Without it the data set's own drawn masks serve.", HelpName = "DIR" }.MustExist();
        command.Options.Add(labels);
        var data = new DataOptions(command, measures: false);
        var model = new Option<string>("--model") { Description = "Mask R-CNN finds instances, DeepLab labels pixels.", Required = true, HelpName = "maskrcnn|deeplab" };
        model.AcceptOnlyFromAmong(StudentNames.MaskRcnn, StudentNames.DeepLab);
        var output = new Option<string>("--out") { Description = "The model to write; an unfinished training of it goes on.", Required = true, HelpName = "FILE" };
        Option<string?> initial = new Option<string?>("--init") { Description = "Weights of the whole network to start from, by torchvision's names (.safetensors or .pth).", HelpName = "FILE" }.MustBeFile();
        Option<int?> iterations = WholeNumber.Optional("--iterations", "Optimiser steps. Without it 18,000 for 10,582 photographs, and in proportion, but at least 500.", 1);
        Option<int> batch = WholeNumber.Option("--batch", "Photographs in a step; the learning rate goes with it.", 4, 1);
        Option<int?> side = WholeNumber.Optional("--shorter-side", "What the photographs' shorter side is scaled to, in pixels. Without it 512 for maskrcnn and 520 for deeplab.", 32);
        Option<int?> regions = WholeNumber.Optional("--regions", "Regions of a photograph that Mask R-CNN's second stage learns from, a quarter of them with masks. Without it 512; fewer make a step cheaper.", 4);
        Option<int?> channels = WholeNumber.Optional("--channels", "Channels of Mask R-CNN's feature pyramid and heads. Without it 256 as published; fewer make a step cheaper.", 1);
        var stride = new Option<int?>("--output-stride") { Description = "Pixels per cell of DeepLab's map. Without it 8 as published; 16 makes a step cheaper.", HelpName = "8|16" };
        stride.AcceptOnlyFromAmong("8", "16");
        Option<int> seed = WholeNumber.Option("--seed", "Of everything random.", 0, int.MinValue);
        var head = new Option<string?>("--head") { Description = "What reads DeepLab's features: v2, the paper's, learns in a few hundred steps; v3, torchvision's, needs thousands, or --init. Without it v3 with --init, else v2.", HelpName = "v2|v3" };
        head.AcceptOnlyFromAmong("v2", "v3");
        Option<bool> restart = RestartOption.Create();
        foreach (Option option in new Option[] { model, output, initial, iterations, batch, side, regions, channels, head, stride, restart })
            command.Options.Add(option);
        var backbone = new BackboneOptions(command);
        command.Options.Add(seed);
        var device = new DeviceOption(command);
        command.SetJob(async (parsed, screen, cancellation) =>
        {
            NativeTorch.Require();
            PhotographSet photographs = data.Load(parsed);
            string path = parsed.GetRequiredValue(output);
            if (parsed.GetValue(labels) is null && !photographs.HasGroundTruth)
                throw new OptionException(labels.Name, "is needed: the data set has no drawn masks to learn from instead.");
            StudentKind kind = StudentNames.Kinds(parsed.GetRequiredValue(model))[0];
            var recipe = new StudentRecipe
            {
                Kind = kind,
                Backbone = backbone.Shape(parsed),
                BackboneWeights = parsed.GetValue(initial) is null ? await backbone.FindWeightsAsync(parsed, screen, cancellation).ConfigureAwait(false) : null,
                InitialWeights = parsed.GetValue(initial),
                Steps = parsed.GetValue(iterations),
                BatchSize = parsed.GetValue(batch),
                ShorterSide = parsed.GetValue(side),
                Regions = parsed.GetValue(regions),
                Channels = parsed.GetValue(channels),
                OutputStride = parsed.GetValue(stride),
                Head = parsed.GetValue(head) switch { "v2" => DeepLabHead.V2, "v3" => DeepLabHead.V3, _ => null },
            };
            FinishedTraining training = StudentJob.Run(
                screen, recipe, photographs, parsed.GetValue(labels), path, parsed.GetValue(seed), device.Read(parsed), run: null, parsed.GetValue(restart), cancellation);
            screen.Figures = StudentJob.ToJsonObject(training, kind, photographs.Photographs.Count, path);
            screen.Line($"the model is {path}");
            return ExitCode.Success;
        });
        return command;
    }
}
