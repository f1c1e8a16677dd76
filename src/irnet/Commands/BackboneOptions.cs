using System.CommandLine;
using System.Globalization;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Weights;

namespace IrNetTool.Commands;

/// <summary>The options that say which residual network learns, and from which weights on.</summary>
internal sealed class BackboneOptions
{
    private readonly Option<string> _backbone = new("--backbone")
    {
        Description = "The residual network that all else stands on.",
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

    public BackboneOptions(Command command)
    {
        _backbone.AcceptOnlyFromAmong("resnet18", "resnet34", "resnet50", "resnet101", "18", "34", "50", "101");
        _weights.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && BackboneWeights.Problem(token.Value) is { } problem)
                result.AddError($"{_weights.Name}: {problem}");
        });
        _weights.CompletionSources.Add([BackboneWeights.None, .. WeightSources.Known.Select(source => source.Name)]);
        foreach (Option option in new Option[] { _backbone, _weights, _strideIn1x1 })
            command.Options.Add(option);
    }

    /// <summary>Whether the network starts from random weights; its batch norms then follow the batches.</summary>
    public bool StartsRandom(ParseResult parsed) => Weights(parsed) == BackboneWeights.None;

    /// <summary>The network's shape.</summary>
    public ResNetOptions Shape(ParseResult parsed) => new()
    {
        Depth = (ResNetDepth)Depth(parsed),
        StrideIn1x1 = parsed.GetValue(_strideIn1x1),
        Normalisation = StartsRandom(parsed) ? Normalisation.BatchNorm : Normalisation.FrozenBatchNorm,
    };

    /// <summary>The file of the weights, fetched first where it is named; null for none.</summary>
    public Task<string?> FindWeightsAsync(ParseResult parsed, Screen screen, CancellationToken cancellation) =>
        BackboneWeights.FindAsync(Weights(parsed), screen, cancellation);

    private string Weights(ParseResult parsed) => parsed.GetValue(_weights) ?? $"resnet{Depth(parsed)}";

    private int Depth(ParseResult parsed) => int.Parse(parsed.GetRequiredValue(_backbone).Replace("resnet", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
