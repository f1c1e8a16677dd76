using Microsoft.ML.IrNet.Labelling;

namespace Microsoft.ML.IrNet.Tuning;

/// <summary>An option that is tuned.</summary>
/// <param name="Name">Its name, such as <c>Labels.Walk.Beta</c>.</param>
/// <param name="Target">What it matters to.</param>
/// <param name="Candidates">The values that are tried, beside the one that it has.</param>
/// <param name="Get">Its value.</param>
/// <param name="With">Options with another value.</param>
internal sealed record TuningParameter(
    string Name, TuningTarget Target, IReadOnlyList<double> Candidates, Func<TunedOptions, double> Get, Func<TunedOptions, double, TunedOptions> With)
{
    /// <summary>All that are tuned, in the order in which they are: what later ones depend on comes first.</summary>
    public static IReadOnlyList<TuningParameter> All { get; } =
    [
        OfLabels(nameof(PseudoLabelOptions.CamBackgroundThreshold), TuningTarget.Cam, Steps(0.05, 0.6), labels => Written(labels.CamBackgroundThreshold), (labels, value) => labels with { CamBackgroundThreshold = (float)value }),
        OfLabels(nameof(PseudoLabelOptions.CamPower), TuningTarget.Both, [0.5, 0.75, 1, 1.5, 2, 3], labels => Written(labels.CamPower), (labels, value) => labels with { CamPower = (float)value }),
        OfLabels("Walk.Beta", TuningTarget.Both, [2, 4, 7, 10, 15, 20, 30], labels => labels.Walk.Beta, (labels, value) => labels with { Walk = labels.Walk with { Beta = value } }),
        OfLabels(nameof(PseudoLabelOptions.SemanticBackgroundThreshold), TuningTarget.Semantic, Steps(0.05, 0.6), labels => Written(labels.SemanticBackgroundThreshold), (labels, value) => labels with { SemanticBackgroundThreshold = (float)value }),
        OfLabels(nameof(PseudoLabelOptions.BackgroundThreshold), TuningTarget.Instances, Steps(0.05, 0.6), labels => Written(labels.BackgroundThreshold), (labels, value) => labels with { BackgroundThreshold = (float)value }),
        OfLabels(nameof(PseudoLabelOptions.CentroidDistance), TuningTarget.InstanceSplit, [0.6, 1, 1.5, 2, 2.5, 3, 4], labels => Written(labels.CentroidDistance), (labels, value) => labels with { CentroidDistance = (float)value }),
        new("InterPixelLabels.ForegroundThreshold", TuningTarget.InterPixelLabels, Steps(0.15, 0.6), options => Written(options.InterPixelLabels.ForegroundThreshold),
            (options, value) => options with { InterPixelLabels = options.InterPixelLabels with { ForegroundThreshold = (float)value } }),
        new("InterPixelLabels.BackgroundThreshold", TuningTarget.InterPixelLabels, [0.01, 0.02, 0.05, 0.08, 0.1, 0.15, 0.2], options => Written(options.InterPixelLabels.BackgroundThreshold),
            (options, value) => options with { InterPixelLabels = options.InterPixelLabels with { BackgroundThreshold = (float)value } }),
    ];

    /// <summary>Whether the options allow a value.</summary>
    public bool Allows(TunedOptions options, double value) =>
        Target != TuningTarget.InterPixelLabels || With(options, value).InterPixelLabels is { } mined && mined.BackgroundThreshold <= mined.ForegroundThreshold;

    private static TuningParameter OfLabels(
        string name, TuningTarget target, IReadOnlyList<double> candidates, Func<PseudoLabelOptions, double> get, Func<PseudoLabelOptions, double, PseudoLabelOptions> with) =>
        new($"Labels.{name}", target, candidates, options => get(options.Labels), (options, value) => options with { Labels = with(options.Labels, value) });

    // 0.1 in single precision is another number in double precision, and would be tried beside it.
    private static double Written(float value) => (double)(decimal)value;

    private static double[] Steps(double first, double last) => [.. Enumerable.Range(0, (int)Math.Round((last - first) / 0.05) + 1).Select(n => Math.Round(first + 0.05 * n, 2))];
}
