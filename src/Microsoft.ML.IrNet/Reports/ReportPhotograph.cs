using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Reports;

/// <summary>A photograph of a report, of which only names are in memory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Path">The image file; null where it is not known.</param>
/// <param name="Maps">The picture of its network maps; null where there is none.</param>
/// <param name="Labels">Reads its labels.</param>
/// <param name="GroundTruth">Reads its drawn masks; null where it has none.</param>
internal sealed record ReportPhotograph(string Name, IReadOnlyList<int> Tags, string? Path, string? Maps, Func<ImageLabels> Labels, Func<ImageLabels>? GroundTruth);
