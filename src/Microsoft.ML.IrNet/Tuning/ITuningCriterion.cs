using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tuning;

/// <summary>Judges options by what they make of the photographs. Higher is better.</summary>
internal interface ITuningCriterion
{
    /// <summary>How it judges, as a sentence.</summary>
    string Description { get; }

    /// <summary>Whether it can tell how well instances are told apart.</summary>
    bool JudgesInstances { get; }

    /// <summary>The score of semantic maps.</summary>
    double OfSemantic(IEnumerable<(TuningSample Sample, LabelMap Map)> maps);

    /// <summary>The score of instances.</summary>
    double OfInstances(IEnumerable<(TuningSample Sample, IReadOnlyList<InstanceLabel> Instances)> instances);

    /// <summary>What the labels of a photograph are held against to judge interpixel labels, where the options so far give <paramref name="labels"/>; null for nothing.</summary>
    LabelMap? ReferenceOf(TuningSample sample, ImageLabels labels);
}
