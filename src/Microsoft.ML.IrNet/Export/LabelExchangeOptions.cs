namespace Microsoft.ML.IrNet.Export;

/// <summary>How labels are taken to another format or from it.</summary>
public sealed record LabelExchangeOptions
{
    /// <summary>
    /// A folder of the photographs, sub-folders included. An export copies them to where the format has them, and leaves them away without. A conversion needs it where the format states no
    /// sizes and has no photographs of its own (YOLO); else the sizes that are stated are compared with it.
    /// </summary>
    public string? Images { get; init; }

    /// <summary>The list of the data set, for formats that have several; null for train when writing, and for the only one there is, or else train, when reading.</summary>
    public string? Split { get; init; }
}
