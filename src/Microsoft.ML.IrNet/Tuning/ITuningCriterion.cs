using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Tuning;

/// <summary>Judges options by what they make of the photographs. Higher is better.</summary>
internal interface ITuningCriterion
{
    /// <summary>How it judges, as a sentence.</summary>
    string Description { get; }

    /// <summary>Whether it can tell how well instances are told apart.</summary>
    bool JudgesInstances { get; }

    /// <summary>Begins to judge semantic maps.</summary>
    ITuningTally Semantic();

    /// <summary>Begins to judge instances.</summary>
    ITuningTally Instances();

    /// <summary>What interpixel labels of a photograph are held against, where the options so far give <paramref name="semantic"/>; null for nothing.</summary>
    LabelMap? ReferenceOf(TuningSample sample, Func<LabelMap> semantic);
}
