using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Training;
using TorchSharp;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>What a <see cref="LabellingRun"/> does and where it keeps its files.</summary>
public sealed record LabellingRunOptions
{
    /// <summary>The folder of results. Its sub-folder <c>work</c> keeps what stages hand to each other, so that a second run continues.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>The residual network under both networks.</summary>
    public ResNetOptions Backbone { get; init; } = new();

    /// <summary>A weight file for the backbone; null starts from random weights.</summary>
    public string? BackboneWeights { get; init; }

    /// <summary>How many of the backbone's stages the classifier leaves as they are: 3 as published, 0 to train a backbone that starts from random weights.</summary>
    public int FrozenStages { get; init; } = 3;

    /// <summary>How the classifier is trained; <see cref="CamTrainingOptions.For"/> the number of photographs where null.</summary>
    public CamTrainingOptions? CamTraining { get; init; }

    /// <summary>How class activation maps are computed.</summary>
    public CamOptions Cam { get; init; } = new();

    /// <summary>
    /// A folder of class activation maps of another model, which take the place of ours when interpixel labels are mined and masks are made: NAME.npy for each photograph, [tags or classes, rows, columns].
    /// The classifier is trained all the same, for photographs without seeds that the labeller will meet. Null for none.
    /// </summary>
    public string? SeedFolder { get; init; }

    /// <summary>How interpixel labels are mined from the maps.</summary>
    public InterPixelLabelOptions InterPixelLabels { get; init; } = new();

    /// <summary>How IRNet is trained; <see cref="IrNetTrainingOptions.For"/> the number of photographs where null.</summary>
    public IrNetTrainingOptions? IrNetTraining { get; init; }

    /// <summary>How IRNet is applied.</summary>
    public IrNetInferenceOptions IrNet { get; init; } = new();

    /// <summary>How masks are made from the networks' maps.</summary>
    public PseudoLabelOptions Labels { get; init; } = new();

    /// <summary>
    /// Whether IRNet's backbone starts from the trained classifier instead of <see cref="BackboneWeights"/>.
    /// Always so where there are none: features of a random network say nothing about boundaries.
    /// </summary>
    public bool IrNetOnClassifierBackbone { get; init; }

    /// <summary>Whether to measure what each part of the method adds; needs drawn masks.</summary>
    public bool Ablation { get; init; } = true;

    /// <summary>Names of the photographs whose drawn instances can be relied on; null for all.</summary>
    public IReadOnlySet<string>? InstanceNames { get; init; }

    /// <summary>Whether the first photograph that cannot be read ends the run.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether to start over: what an earlier run left in the work folder is removed first. Without it a stopped run goes on.</summary>
    public bool Restart { get; init; }

    /// <summary>Of everything random in the run.</summary>
    public int Seed { get; init; }

    /// <summary>Where the networks and the random walk run.</summary>
    public torch.Device Device { get; init; } = torch.CPU;

    /// <summary>The options that the trained labeller is saved with.</summary>
    internal LabellerOptions Labeller => new()
    {
        Cam = new CamTransformerOptions { Maps = Cam },
        IrNet = new IrNetTransformerOptions { Maps = IrNet },
        Instances = new InstancePseudoLabelOptions { Labels = Labels },
        Semantic = new SemanticPseudoLabelOptions { Labels = Labels },
    };

    /// <summary>Checks the options of every stage, so that none of them ends a run in its last hour.</summary>
    internal void Validate()
    {
        Backbone.Validate();
        if (FrozenStages is < 0 or > Networks.Backbone.TapCount)
            throw new OptionException(nameof(FrozenStages), $"is {FrozenStages}; it must be from 0 to {Networks.Backbone.TapCount}.");
        CamTraining?.Validate();
        if (SeedFolder is not null && !Directory.Exists(SeedFolder))
            throw new OptionException(nameof(SeedFolder), $"there is no folder '{SeedFolder}'; expected NAME.npy of each photograph there.");
        Cam.Validate();
        InterPixelLabels.Validate();
        (IrNetTraining is { } training ? training with { Canvas = IrNet.Canvas } : null)?.Validate();
        IrNet.Validate();
        Labels.Validate();
    }
}
