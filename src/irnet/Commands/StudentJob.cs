using System.Text.Json.Nodes;
using IrNetTool.Progress;
using Microsoft.ML;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Segmentation.Runs;
using Microsoft.ML.IrNet.Training;
using TorchSharp;

namespace IrNetTool.Commands;

/// <summary>Trains a student and saves it, with progress.</summary>
internal static class StudentJob
{
    /// <param name="screen">Shows progress and warnings.</param>
    /// <param name="recipe">How; the state of an unfinished training is kept beside the model.</param>
    /// <param name="photographs">What it learns from.</param>
    /// <param name="labels">The label folder; the drawn masks of the photographs where null.</param>
    /// <param name="path">The model to write.</param>
    /// <param name="seed">Of everything random.</param>
    /// <param name="device">Where the network is trained.</param>
    /// <param name="restart">Whether an unfinished training is removed first.</param>
    /// <param name="cancellation">Stops with the state saved.</param>
    /// <returns>What <c>--json</c> writes: the losses are those of the last step, and none where an earlier call had done all steps.</returns>
    public static JsonObject Run(
        Screen screen, StudentRecipe recipe, PhotographSet photographs, string? labels, string path, int seed, torch.Device device, bool restart, CancellationToken cancellation)
    {
        MLContext context = Context(screen, device, seed);
        TrainingProgress? last = screen.Follow(view =>
        {
            var steps = new LastStep(new StepProgress(new RunProgress(view), recipe.Stage));
            StudentTraining.Execute(context, photographs, labels, recipe, path, restart, steps, cancellation);
            view.End("done");
            return steps.Value;
        });
        return new JsonObject
        {
            ["model"] = StudentNames.Name(recipe.Kind),
            ["photographs"] = photographs.Photographs.Count,
            ["steps"] = last?.Steps,
            ["losses"] = new JsonObject((last?.Losses ?? []).Select(loss => KeyValuePair.Create<string, JsonNode?>(loss.Key, float.IsFinite(loss.Value) ? loss.Value : null))),
            ["out"] = path,
        };
    }

    /// <summary>An ML.NET context on a device, whose warnings reach the screen.</summary>
    public static MLContext Context(Screen screen, torch.Device device, int? seed = null)
    {
        var context = new MLContext(seed) { GpuDeviceId = device.type == DeviceType.CUDA ? device.index : null };
        context.Log += (_, log) =>
        {
            if (log.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
                screen.Warn(log.RawMessage);
        };
        return context;
    }
}
