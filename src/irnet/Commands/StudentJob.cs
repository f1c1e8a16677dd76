using System.Text.Json.Nodes;
using IrNetTool.Progress;
using Microsoft.ML;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Segmentation.Runs;
using TorchSharp;

namespace IrNetTool.Commands;

/// <summary>Trains a student and saves it, with progress.</summary>
internal static class StudentJob
{
    /// <param name="screen">Shows progress and warnings.</param>
    /// <param name="recipe">How.</param>
    /// <param name="photographs">What it learns from.</param>
    /// <param name="labels">The label folder; the drawn masks of the photographs where null.</param>
    /// <param name="path">The model to write.</param>
    /// <param name="seed">Of everything random.</param>
    /// <param name="device">Where the network is trained.</param>
    /// <param name="run">The output folder of the run that it belongs to; null for none.</param>
    /// <param name="restart">Whether what an earlier training left of its state is removed first.</param>
    /// <param name="cancellation">Stops with the state saved.</param>
    public static FinishedTraining Run(
        Screen screen, StudentRecipe recipe, PhotographSet photographs, string? labels, string path, int seed, torch.Device device, string? run, bool restart, CancellationToken cancellation)
    {
        MLContext context = Context(screen, device, seed);
        return screen.Follow(view => StudentTraining.Execute(context, photographs, labels, recipe, path, new RunProgress(view), run, restart, cancellation));
    }

    /// <summary>What <c>--json</c> writes of a student: the losses are those of the last step.</summary>
    public static JsonObject ToJsonObject(FinishedTraining training, StudentKind kind, int photographs, string path) => new()
    {
        ["model"] = StudentNames.Name(kind),
        ["photographs"] = photographs,
        ["steps"] = training.Losses.Count == 0 ? 0 : training.Losses[0].Values.Count,
        ["losses"] = new JsonObject(training.Losses.Select(loss => KeyValuePair.Create<string, JsonNode?>(loss.Name, float.IsFinite(loss.Values[^1]) ? loss.Values[^1] : null))),
        ["out"] = path,
    };

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
