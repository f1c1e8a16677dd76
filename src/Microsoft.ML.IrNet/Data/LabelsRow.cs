using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Data;

/// <summary>The labels of a photograph, as a <see cref="PredictionEngine{TSrc, TDst}"/> or CreateEnumerable gives them of a labelling chain or of <c>LoadLabels</c>.</summary>
public sealed class LabelsRow
{
    /// <summary>Height and width of the photograph.</summary>
    public int[] ImageSize { get; set; } = [];

    /// <summary>The class of each instance, 1-based.</summary>
    public uint[] PredictedLabel { get; set; } = [];

    /// <summary>The score of each instance; 0 for parts that are too small to count.</summary>
    public float[] Score { get; set; } = [];

    /// <summary>x0, y0, x1, y1 of each instance.</summary>
    public float[] PredictedBoundingBoxes { get; set; } = [];

    /// <summary>The mask of each instance as COCO's compressed run lengths.</summary>
    public string[] PredictedMasks { get; set; } = [];

    /// <summary>The class of each pixel [height, width], 0 for background, class index + 1 otherwise.</summary>
    public byte[] SemanticMap { get; set; } = [];

    /// <summary>The same as objects that can be drawn, measured and written.</summary>
    /// <exception cref="DataSetException">The columns do not fit each other, or a mask is damaged or of another size.</exception>
    public ImageLabels ToImageLabels()
    {
        if (ImageSize is not [var height, var width])
            throw Wrong(nameof(ImageSize), $"has {ImageSize.Length} values; expected height and width.");
        if (SemanticMap.LongLength != (long)height * width)
            throw Wrong(nameof(SemanticMap), $"has {SemanticMap.Length} values; expected one for each of {height} x {width} pixels.");
        int count = PredictedLabel.Length;
        if (Score.Length != count || PredictedMasks.Length != count || PredictedBoundingBoxes.Length != 4 * count)
            throw Wrong(nameof(PredictedLabel),
                $"has {count} instances beside {Score.Length} scores, {PredictedMasks.Length} masks and {PredictedBoundingBoxes.Length} sides of boxes; expected a score, a mask and four sides for each.");
        if (Array.IndexOf(PredictedLabel, 0u) is >= 0 and var missing)
            throw Wrong(nameof(PredictedLabel), $"has no class for instance {missing}; expected keys from 1 on.");
        IEnumerable<InstanceLabel> instances = Enumerable.Range(0, count).Select(i => new InstanceLabel((int)PredictedLabel[i] - 1, Score[i], Box(4 * i), RunLengthMask.Parse(PredictedMasks[i], height, width)));
        return new ImageLabels([.. instances], new LabelMap(height, width, SemanticMap));
    }

    private BoundingBox Box(int first) => new(PredictedBoundingBoxes[first], PredictedBoundingBoxes[first + 1], PredictedBoundingBoxes[first + 2], PredictedBoundingBoxes[first + 3]);

    private static DataSetException Wrong(string column, string problem) => new($"column '{column}'", problem);
}
