using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>Labels that were found in another format.</summary>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Photographs">What is labelled.</param>
internal sealed record LabelSet(IReadOnlyList<string> Classes, IReadOnlyList<LabelledFile> Photographs);

/// <summary>A photograph and its labels.</summary>
/// <param name="File">Its relative path, with forward slashes.</param>
/// <param name="Read">Reads its labels.</param>
internal sealed record LabelledFile(string File, Func<FoundLabels> Read)
{
    /// <summary>Its name, where the format states one.</summary>
    public string? Name { get; init; }
}

/// <summary>The labels of one photograph.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Instances">The objects, with masks of that size.</param>
internal sealed record FoundLabels(int Height, int Width, IReadOnlyList<InstanceLabel> Instances)
{
    /// <summary>The semantic map, where the format has one; else it is drawn of the instances.</summary>
    public LabelMap? Semantic { get; init; }
}
