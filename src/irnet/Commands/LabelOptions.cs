using System.CommandLine;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Tuning;

namespace IrNetTool.Commands;

/// <summary>The options that say how masks are made from what the networks give.</summary>
internal sealed class LabelOptions
{
    private readonly Option<string?> _options = new Option<string?>("--options")
    {
        Description = "Thresholds and powers, as 'irnet tune' writes them.",
        HelpName = "FILE",
    }.MustBeFile();

    private readonly Option<bool> _crf = new("--crf") { Description = "Draw the borders of the finished masks to the edges of the photograph, by a dense CRF." };

    public LabelOptions(Command command)
    {
        command.Options.Add(_options);
        command.Options.Add(_crf);
    }

    /// <summary>The file's options, or the published ones; with the CRF where it is wanted.</summary>
    public TunedOptions Read(ParseResult parsed)
    {
        TunedOptions options = Given(parsed) ?? new TunedOptions();
        return options with { Labels = WithCrf(parsed, options.Labels) };
    }

    /// <summary>A model's options with those that were given in their place.</summary>
    public LabellerOptions Apply(ParseResult parsed, LabellerOptions model)
    {
        PseudoLabelOptions? given = Given(parsed)?.Labels;
        return model with
        {
            Instances = model.Instances with { Labels = WithCrf(parsed, given ?? model.Instances.Labels) },
            Semantic = model.Semantic with { Labels = WithCrf(parsed, given ?? model.Semantic.Labels) },
        };
    }

    private TunedOptions? Given(ParseResult parsed) => parsed.GetValue(_options) is { } path ? TunedOptions.Load(path) : null;

    private PseudoLabelOptions WithCrf(ParseResult parsed, PseudoLabelOptions labels) => parsed.GetValue(_crf) ? labels with { Crf = labels.Crf ?? new DenseCrfOptions() } : labels;
}
