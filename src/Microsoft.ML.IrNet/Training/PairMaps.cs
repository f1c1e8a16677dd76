using System.Numerics;
using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Training;

/// <summary>One image's maps as the pair losses read them.</summary>
internal sealed class PairMaps
{
    public required int Rows { get; init; }

    public required int Columns { get; init; }

    /// <summary>Margin of cells that are no source: left, right and below.</summary>
    public required int Margin { get; init; }

    /// <summary>Boundary probabilities, followed by as many spare values as a vector may read beyond the end.</summary>
    public required float[] Boundary { get; init; }

    public required ArraySegment<float> DisplacementY { get; init; }

    public required ArraySegment<float> DisplacementX { get; init; }

    public required ArraySegment<byte> Labels { get; init; }

    /// <summary>Rows in which any cell has a label: the others hold no pair.</summary>
    public required bool[] Labelled { get; init; }

    public static PairMaps Of(float[] boundaryLogits, float[] displacement, byte[] labels, int image, int rows, int columns, int margin)
    {
        int cells = rows * columns;
        float[] boundary = new float[cells + Vector<float>.Count];
        // In single precision as torch has it: where the probability is near 1, its last bit decides the affinity.
        for (int i = 0; i < cells; i++)
            boundary[i] = 1 / (1 + MathF.Exp(-boundaryLogits[image * cells + i]));
        bool[] labelled = new bool[rows];
        for (int y = 0; y < rows; y++)
            labelled[y] = labels.AsSpan(image * cells + y * columns, columns).ContainsAnyExcept(LabelMap.Void);
        return new PairMaps
        {
            Rows = rows,
            Columns = columns,
            Margin = margin,
            Boundary = boundary,
            DisplacementY = new ArraySegment<float>(displacement, 2 * image * cells, cells),
            DisplacementX = new ArraySegment<float>(displacement, (2 * image + 1) * cells, cells),
            Labels = new ArraySegment<byte>(labels, image * cells, cells),
            Labelled = labelled,
        };
    }
}
