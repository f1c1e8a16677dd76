namespace Microsoft.ML.IrNet.Estimators;

/// <summary>The columns in which a row has its instances.</summary>
/// <param name="LabelColumnName">The class of each instance.</param>
/// <param name="MasksColumnName">The mask of each instance, COCO's compressed run lengths.</param>
internal sealed record InstanceColumnOptions(string LabelColumnName, string MasksColumnName)
{
    /// <summary>x0, y0, x1, y1 of each instance; where null, or where the data has no such column, boxes are the masks' own.</summary>
    public string? BoundingBoxesColumnName { get; init; }

    /// <summary>How sure each instance is; 1 where null.</summary>
    public string? ScoreColumnName { get; init; }

    /// <summary>Whether these are found instances. An empty box, or a mask outside its box, is then worth nothing; in what is learned from or measured against it is an error.</summary>
    public bool AreFound { get; init; }
}
