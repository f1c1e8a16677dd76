using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>Photographs with the class of each pixel.</summary>
/// <param name="Photographs">The photographs.</param>
/// <param name="Maps">The map of a photograph, at its own size: 0 background, class + 1, 255 not known. Called from several threads, each time the photograph is seen.</param>
public sealed record SemanticSet(IPhotographSource Photographs, Func<int, LabelMap> Maps)
{
    /// <summary>Reads a photograph and its map.</summary>
    /// <param name="index">Which.</param>
    /// <param name="classes">How many classes there are, background not counted.</param>
    /// <exception cref="DataSetException">The map is of another size, or holds a label that is no class.</exception>
    internal (RgbImage Photograph, LabelMap Map) Load(int index, int classes)
    {
        (RgbImage photograph, LabelMap map) = (Photographs.Load(index), Maps(index));
        if (map.Height != photograph.Height || map.Width != photograph.Width)
            throw new DataSetException(Photographs.Name(index),
                $"its map is of {map.Height} x {map.Width} pixels, but the photograph has {photograph.Height} x {photograph.Width}; give a map of the photograph's size.");
        if (SemanticEvaluator.StrangeLabel(map, classes) is { } strange)
            throw new DataSetException(Photographs.Name(index),
                $"its map holds the label {strange}, but there are {classes} classes; use 0 for background, 1 to {classes} for classes and {LabelMap.Void} for pixels that are not known.");
        return (photograph, map);
    }
}
