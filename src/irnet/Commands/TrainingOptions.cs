using Microsoft.ML.IrNet;
using System.CommandLine;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Training;
using TorchSharp;

namespace IrNetTool.Commands;

/// <summary>The options of <c>irnet run</c> that say how the networks are built and trained.</summary>
internal sealed class TrainingOptions
{
    private readonly Option<string> _backbone = new("--backbone")
    {
        Description = "The residual network under both networks.",
        HelpName = "resnet18|34|50|101",
        DefaultValueFactory = _ => "resnet50",
    };

    private readonly Option<string?> _weights = new("--backbone-weights")
    {
        Description = "Weights of the backbone: a .safetensors or .pth file, a name such as resnet50, or none. Without it the backbone's ImageNet weights are fetched.",
        HelpName = "FILE|NAME|none",
    };

    private readonly Option<bool> _strideIn1x1 = new("--stride-in-1x1")
    {
        Description = "The weights have the stride on the 1x1 convolutions (Caffe, detectron2), not on the 3x3 (torchvision).",
    };

    private readonly Option<int> _camEpochs = Number("--cam-epochs", "Passes over the photographs to train the classifier.", new CamTrainingOptions().Epochs);
    private readonly Option<int?> _irnetEpochs = new("--irnet-epochs")
    {
        Description = "Passes over the photographs to train IRNet; without it, as many as a small data set needs (at least the published 3).",
        HelpName = "N",
    };

    private readonly Option<string> _recipe = new("--irnet-recipe")
    {
        Description = "How IRNet's optimiser is set: published as the paper's code, small for sets on which that takes too few steps; auto chooses by their number.",
        HelpName = "auto|published|small",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<int> _batch = Number("--batch", "Photographs in a step.", new CamTrainingOptions().BatchSize);
    private readonly Option<int> _crop = Number("--crop", "Side of the training crops, in pixels.", new CamTrainingOptions().CropSize);
    private readonly Option<int> _seed = Number("--seed", "Of everything random.", 0);

    private readonly Option<float[]> _scales = new("--scales")
    {
        Description = "Scales at which activation maps are computed and summed.",
        HelpName = "SCALE ...",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. new CamOptions().Scales],
    };

    public TrainingOptions(Command command)
    {
        _recipe.AcceptOnlyFromAmong("auto", "published", "small");
        foreach (Option option in new Option[] { _backbone, _weights, _strideIn1x1, _camEpochs, _irnetEpochs, _recipe, _batch, _crop, _scales, _seed })
            command.Options.Add(option);
    }

    /// <summary>Reads the options; fetches the backbone's weights where they are named.</summary>
    public async Task<LabellingRunOptions> ReadAsync(ParseResult parsed, torch.Device device, string output, CancellationToken cancellation)
    {
        string name = parsed.GetValue(_backbone)!;
        string? weights = await BackboneWeights.FindAsync(parsed.GetValue(_weights), name, cancellation).ConfigureAwait(false);
        int batch = parsed.GetValue(_batch), crop = parsed.GetValue(_crop);
        IrNetTrainingOptions published = new();
        return new LabellingRunOptions
        {
            OutputFolder = output,
            Backbone = new ResNetOptions { Depth = BackboneWeights.Depth(name), StrideIn1x1 = parsed.GetValue(_strideIn1x1) },
            BackboneWeights = weights,
            FrozenStages = weights is null ? 0 : 3,
            IrNetOnClassifierBackbone = weights is null,
            CamTraining = new CamTrainingOptions { Epochs = parsed.GetValue(_camEpochs), BatchSize = batch, CropSize = crop },
            Cam = new CamOptions { Scales = parsed.GetValue(_scales)! },
            IrNetTraining = published with { Epochs = parsed.GetValue(_irnetEpochs) ?? published.Epochs, BatchSize = batch, CropSize = crop },
            Seed = parsed.GetValue(_seed),
            Device = device,
        };
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
}
