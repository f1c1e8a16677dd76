using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Data;

/// <summary>A data set's photographs as what a network learns from; every call decodes the file again.</summary>
/// <param name="set">The data set.</param>
public sealed class PhotographImages(PhotographSet set) : ITaggedImages
{
    private readonly IReadOnlyList<Photograph> _photographs = set.Photographs;

    /// <inheritdoc/>
    public int Count => _photographs.Count;

    /// <inheritdoc/>
    public string Name(int index) => _photographs[index].Name;

    /// <inheritdoc/>
    public IReadOnlyList<int> Tags(int index) => _photographs[index].Tags;

    /// <inheritdoc/>
    /// <exception cref="ImageFileException">The file is missing or cannot be decoded.</exception>
    public RgbImage Load(int index) => ImageFile.Read(_photographs[index].Path);
}
