using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Data;

/// <summary>One photograph of a data set: where it is and what is in it.</summary>
/// <param name="Name">Unique in its data set: the file name without folder and extension, or the relative path without extension where names repeat.</param>
/// <param name="Path">The image file.</param>
/// <param name="Tags">0-based indices into the data set's classes, ascending, without repetition; empty where nothing is known to be there.</param>
public sealed record Photograph(string Name, string Path, IReadOnlyList<int> Tags)
{
    /// <summary>The id that COCO results files call it by; null where its data set gives none.</summary>
    public long? CocoId { get; init; }

    /// <summary>Reads the drawn masks, for evaluation only; null where the data set has none for this photograph.</summary>
    public Func<ImageLabels>? ReadGroundTruth { get; init; }
}
