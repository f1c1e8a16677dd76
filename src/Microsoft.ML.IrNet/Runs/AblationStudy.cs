using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using TorchSharp;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Measures what each part of the method adds (paper, table 2).</summary>
/// <param name="full">All parts.</param>
/// <param name="classes">The number of classes.</param>
/// <param name="instanceNames">Photographs whose drawn instances can be relied on; null for all.</param>
/// <param name="device">Where scores walk.</param>
internal sealed class AblationStudy(PseudoLabelOptions full, int classes, IReadOnlySet<string>? instanceNames, torch.Device device)
{
    // All but the last, which are the labels themselves.
    private readonly PseudoLabelOptions[] _without =
    [
        full with { UseBoundaries = false, UseDisplacement = false, Crf = null },
        full with { UseDisplacement = false, Crf = null },
        .. full.Crf is null ? (PseudoLabelOptions[])[] : [full with { Crf = null }],
    ];

    private readonly LabelMeasurement[] _rows = [.. RowNames(full).Select(name => new LabelMeasurement(name, classes))];

    /// <summary>What a photograph adds, for each row.</summary>
    /// <param name="photograph">Which one.</param>
    /// <param name="maps">What the networks gave.</param>
    /// <param name="labels">The masks that all parts give.</param>
    /// <param name="truth">The drawn masks.</param>
    public LabelTally[] Measure(Photograph photograph, NetworkMaps maps, ImageLabels labels, ImageLabels truth)
    {
        bool instances = instanceNames?.Contains(photograph.Name) ?? true;
        IEnumerable<ImageLabels> variants = _without.Select(options => PseudoLabeller.Label(maps, options, device: device)).Append(labels);
        return [.. _rows.Zip(variants, (row, found) => row.Tally(found, truth, instances))];
    }

    /// <summary>Whether what was kept on disk of a photograph has a tally for each row.</summary>
    public bool IsWhole(LabelTally[] tallies) => tallies.Length == _rows.Length && Array.TrueForAll(tallies, tally => tally?.IsWhole(classes) == true);

    /// <summary>The rows over so many photographs.</summary>
    public IReadOnlyList<AblationRow> Rows(IEnumerable<LabelTally[]> photographs)
    {
        foreach (LabelTally[] tallies in photographs)
            foreach ((LabelMeasurement row, LabelTally tally) in _rows.Zip(tallies))
                row.Add(tally);
        return [.. _rows.Select(row => row.Row())];
    }

    private static string[] RowNames(PseudoLabelOptions full) =>
        ["CAM alone", "+ class boundaries", "+ displacement field", .. full.Crf is null ? (string[])[] : ["+ dense CRF"]];
}
