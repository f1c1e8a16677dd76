namespace Microsoft.ML.IrNet.Data;

/// <summary>Photographs with image-level tags, and the classes that the tags name.</summary>
/// <param name="Classes">Class names; a tag is an index into them.</param>
/// <param name="Photographs">The photographs, in the data set's order.</param>
public sealed record PhotographSet(IReadOnlyList<string> Classes, IReadOnlyList<Photograph> Photographs)
{
    /// <summary>The id that COCO results files call each class by; null where the data set gives none.</summary>
    public IReadOnlyList<long>? CategoryIds { get; init; }

    /// <summary>Whether any photograph has drawn masks to evaluate against.</summary>
    public bool HasGroundTruth => Photographs.Any(photograph => photograph.ReadGroundTruth is not null);
}
