using System.CommandLine;
using System.Globalization;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Training;

namespace IrNetTool.Commands;

/// <summary>The options of <c>irnet run</c> that say how the networks are built and trained.</summary>
internal sealed class TrainingOptions
{
    private const int CropUnit = 16, SmallestCrop = 80;

    private readonly BackboneOptions _backbone;

    private readonly Option<int?> _camEpochs = WholeNumber.Optional("--cam-epochs",
        $"Passes over the photographs to train the classifier. Without it {new CamTrainingOptions().Epochs}; more for fewer than {CamTrainingOptions.SmallSet} photographs.", 1);

    private readonly Option<int?> _irNetEpochs = WholeNumber.Optional("--irnet-epochs",
        $"Passes over the photographs to train IRNet with the published recipe. Without it {new IrNetTrainingOptions().Epochs}; for up to {IrNetTrainingOptions.SmallSet} photographs up to {IrNetTrainingOptions.ForSmallSet.Steps} steps of the recipe for small sets.", 1);
    private readonly Option<int?> _batch = WholeNumber.Optional("--batch",
        $"Photographs in a step, of either training. Without it {new CamTrainingOptions().BatchSize} for the classifier, for IRNet {new IrNetTrainingOptions().BatchSize} as published, and {IrNetTrainingOptions.ForSmallSet.BatchSize} for small sets.", 1);
    private readonly Option<int?> _crop = WholeNumber.Optional("--crop",
        $"Side of the training crops in pixels, a multiple of {CropUnit}. Without it {new CamTrainingOptions().CropSize}, for IRNet on small sets {IrNetTrainingOptions.ForSmallSet.CropSize}.", SmallestCrop);
    private readonly Option<int> _seed = WholeNumber.Option("--seed", "Of everything random.", 0, int.MinValue);

    private readonly Option<float[]> _scales = new("--scales")
    {
        Description = "Scales at which activation maps are computed and summed.",
        HelpName = "SCALE ...",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. new CamOptions().Scales],
    };

    public TrainingOptions(Command command)
    {
        _backbone = new BackboneOptions(command);
        _crop.Validators.Add(result =>
        {
            if (WholeNumber.Given(result) is { } crop && crop % CropUnit != 0)
                result.AddError($"{_crop.Name}: is {crop}; it must be a multiple of {CropUnit}.");
        });
        _scales.Validators.Add(result =>
        {
            foreach (string given in result.Tokens.Select(token => token.Value))
                if (!(float.TryParse(given, CultureInfo.InvariantCulture, out float scale) && scale > 0 && float.IsFinite(scale)))
                    result.AddError($"{_scales.Name}: '{given}' is no scale; give numbers above 0.");
        });
        foreach (Option option in new Option[] { _camEpochs, _irNetEpochs, _batch, _crop, _scales, _seed })
            command.Options.Add(option);
    }

    /// <summary>The options for a set of so many photographs, without the weights that <see cref="FindWeightsAsync"/> finds.</summary>
    public LabellingRunOptions Read(ParseResult parsed, int photographs, string output)
    {
        bool random = _backbone.StartsRandom(parsed);
        CamTrainingOptions cam = CamTrainingOptions.For(photographs, parsed.GetValue(_camEpochs));
        return new LabellingRunOptions
        {
            OutputFolder = output,
            Backbone = _backbone.Shape(parsed),
            FrozenStages = random ? 0 : new LabellingRunOptions { OutputFolder = output }.FrozenStages,
            IrNetOnClassifierBackbone = random,
            CamTraining = cam with
            {
                BatchSize = parsed.GetValue(_batch) ?? cam.BatchSize,
                CropSize = parsed.GetValue(_crop) ?? cam.CropSize,
            },
            Cam = new CamOptions { Scales = parsed.GetRequiredValue(_scales) },
            IrNetTraining = IrNetRecipe(parsed, photographs),
            Seed = parsed.GetValue(_seed),
        };
    }

    /// <summary>The file of the backbone's weights, fetched first where it is named; null for none.</summary>
    public Task<string?> FindWeightsAsync(ParseResult parsed, Screen screen, CancellationToken cancellation) =>
        _backbone.FindWeightsAsync(parsed, screen, cancellation);

    private IrNetTrainingOptions IrNetRecipe(ParseResult parsed, int photographs)
    {
        IrNetTrainingOptions recipe = IrNetTrainingOptions.For(photographs, parsed.GetValue(_irNetEpochs));
        return recipe with { BatchSize = parsed.GetValue(_batch) ?? recipe.BatchSize, CropSize = parsed.GetValue(_crop) ?? recipe.CropSize };
    }
}
