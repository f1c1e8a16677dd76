using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Rendering;

/// <summary>What every stage made of one photograph, as pictures.</summary>
public static class StagePictures
{
    /// <summary>
    /// Photograph, class activation maps, class boundary map, displacement field, instance masks, semantic map and, where it is known, the ground truth.
    /// All have the photograph's size.
    /// </summary>
    /// <param name="photograph">The photograph.</param>
    /// <param name="maps">What the networks gave for it.</param>
    /// <param name="labels">The pseudo labels made of the maps; instances with score 0 are not drawn.</param>
    /// <param name="truth">The drawn masks, or null.</param>
    /// <exception cref="ArgumentException">Maps, labels or truth have another size than the photograph.</exception>
    public static IReadOnlyList<StagePicture> Draw(RgbImage photograph, NetworkMaps maps, ImageLabels labels, ImageLabels? truth = null)
    {
        ArgumentNullException.ThrowIfNull(photograph);
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(labels);
        (int height, int width) = (photograph.Height, photograph.Width);
        var pictures = new List<StagePicture>
        {
            new("photograph", photograph),
            new("class activation map", HeatMap.Overlay(photograph, maps.Cam, maps.Rows, maps.Columns)),
            new("class boundary map", HeatMap.Grey(maps.Boundary, maps.Rows, maps.Columns, height, width)),
            new("displacement field", ColourWheel.Draw(maps.Displacement, maps.Rows, maps.Columns, height, width)),
            new("instance masks", MaskOverlay.Instances(photograph, labels.Instances, leastScore: float.Epsilon)),
            new("semantic map", MaskOverlay.Semantic(photograph, labels.Semantic)),
        };
        if (truth is not null)
            pictures.Add(new("ground truth", MaskOverlay.Instances(photograph, truth.Instances)));
        return pictures;
    }
}
