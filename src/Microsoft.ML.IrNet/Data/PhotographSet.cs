namespace Microsoft.ML.IrNet.Data;

/// <summary>Photographs with image-level tags, and the classes that the tags name.</summary>
/// <param name="Classes">Class names; a tag is an index into them.</param>
/// <param name="Photographs">The photographs, in the data set's order.</param>
public sealed record PhotographSet(IReadOnlyList<string> Classes, IReadOnlyList<Photograph> Photographs)
{
    /// <summary>Whether any photograph has drawn masks to evaluate against.</summary>
    public bool HasGroundTruth => Photographs.Any(photograph => photograph.ReadGroundTruth is not null);
}
