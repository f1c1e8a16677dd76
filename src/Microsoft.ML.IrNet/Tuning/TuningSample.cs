using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tuning;

/// <summary>A photograph to try options on, with all that the networks say of it.</summary>
/// <param name="Photograph">Which one.</param>
/// <param name="Image">Its pixels.</param>
/// <param name="Maps">What the networks gave.</param>
/// <param name="Cam">Class activation maps at its full size, [tags, height, width].</param>
/// <param name="Truth">The drawn masks; null where there are none.</param>
internal sealed record TuningSample(Photograph Photograph, RgbImage Image, NetworkMaps Maps, float[] Cam, ImageLabels? Truth)
{
    private readonly Dictionary<int, int[]> _centroids = [];

    /// <summary>Where each cell ends that follows the displacement field, which no tuned option changes.</summary>
    public int[] CentroidsAfter(int iterations)
    {
        if (!_centroids.TryGetValue(iterations, out int[]? cells))
            _centroids[iterations] = cells = Centroids.Find(Maps.Displacement, Maps.Rows, Maps.Columns, iterations);
        return cells;
    }
}
