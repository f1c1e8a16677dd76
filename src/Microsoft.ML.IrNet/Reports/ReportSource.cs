using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Export;

namespace Microsoft.ML.IrNet.Reports;

/// <summary>What a report is about.</summary>
/// <param name="Labels">Where the labels are.</param>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Photographs">The photographs.</param>
/// <param name="LabelledOf">How many photographs the data set has, with those that are not labelled.</param>
internal sealed record ReportSource(string Labels, IReadOnlyList<string> Classes, IReadOnlyList<ReportPhotograph> Photographs, int LabelledOf)
{
    /// <summary>Labels with the photographs they are of.</summary>
    /// <exception cref="DataSetException">The labels are damaged, or do not fit the data set.</exception>
    public static ReportSource Of(string labels, PhotographSet data)
    {
        var folder = new FolderLabels(labels, data);
        return new ReportSource(labels, folder.Photographs.Classes,
            [.. folder.Photographs.Photographs.Select(photograph => new ReportPhotograph(
                photograph.Name, photograph.Tags, photograph.Path, folder.NetworkMapsOf(photograph.Name), () => folder.Read(photograph), photograph.ReadGroundTruth))],
            data.Photographs.Count);
    }

    /// <summary>Labels alone.</summary>
    /// <exception cref="DataSetException">The labels are damaged.</exception>
    public static ReportSource Of(string labels)
    {
        LabelFolder folder = LabelFolder.Read(labels);
        return new ReportSource(labels, folder.Classes,
            [.. folder.Photographs.Select(photograph => new ReportPhotograph(photograph.Key, [], null, folder.NetworkMapsOf(photograph.Key), photograph.Value, null))],
            folder.Photographs.Count);
    }
}
