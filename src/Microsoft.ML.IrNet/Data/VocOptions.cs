namespace Microsoft.ML.IrNet.Data;

/// <summary>How a folder in PASCAL VOC's layout is read.</summary>
public sealed record VocOptions
{
    /// <summary>The class names, in the order in which the masks number them from 1 on. Null for those of <c>labelmap.txt</c>, and where there is no such file for VOC's own.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>The folder below ImageSets whose SPLIT.txt files name the photographs.</summary>
    public string ImageSet { get; init; } = "Segmentation";
}
