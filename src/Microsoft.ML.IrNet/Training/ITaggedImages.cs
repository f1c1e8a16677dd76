namespace Microsoft.ML.IrNet.Training;

/// <summary>Photographs with image-level tags.</summary>
public interface ITaggedImages : IPhotographSource
{
    /// <summary>0-based class indices of photograph <paramref name="index"/>, ascending.</summary>
    IReadOnlyList<int> Tags(int index);
}
