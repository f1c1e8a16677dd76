using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Labelling;

/// <summary>
/// Score maps that compete for pixels, in their order. Maps are added one by one and kept only while they can win a pixel somewhere, so hundreds of weak ones take no memory.
/// </summary>
/// <param name="maps">The photograph and its grid.</param>
/// <param name="threshold">The normalised score that a pixel must exceed not to be background.</param>
/// <param name="normalise">Whether scores count relative to the largest one over all pixels and maps.</param>
internal sealed class ScoreMaps(NetworkMaps maps, float threshold, bool normalise)
{
    private readonly (BilinearAxis Vertical, BilinearAxis Horizontal) _axes = maps.PixelAxes();
    private readonly List<ScoreMap> _kept = [];
    private float _largest;

    /// <summary>The class of each map that can win, in the order they were added.</summary>
    public IReadOnlyList<int> Tags => [.. _kept.Select(map => map.Tag)];

    /// <summary>Lets a map take part.</summary>
    public void Add(int tag, float[] scores)
    {
        float peak = scores.Max();
        // Interpolation never exceeds the cells it lies between, so a lower peak cannot raise the largest score.
        if (peak > _largest)
            _largest = Math.Max(_largest, LargestPixel(scores));
        _kept.Add(new ScoreMap(tag, scores, peak));
        _kept.RemoveAll(map => !(map.Peak / Scale > threshold));
    }

    /// <summary>The map that wins each pixel of the photograph, as index into <see cref="Tags"/> + 1, 0 for background; and its normalised score.</summary>
    public (int[] Winner, float[] Score) Compete()
    {
        var winner = new int[maps.Height * maps.Width];
        var score = new float[winner.Length];
        float scale = Scale;
        RowBands.For(maps.Height, 10L * maps.Width * _kept.Count, (first, end) =>
        {
            var blended = new float[maps.Columns];
            var row = new float[maps.Width];
            for (int y = first; y < end; y++)
            {
                Span<int> winners = winner.AsSpan(y * maps.Width, maps.Width);
                Span<float> best = score.AsSpan(y * maps.Width, maps.Width);
                best.Fill(threshold);
                for (int map = 0; map < _kept.Count; map++)
                {
                    Bilinear.ResizeRow(_kept[map].Scores, maps.Columns, _axes.Vertical, _axes.Horizontal, y, blended, row);
                    for (int x = 0; x < row.Length; x++)
                    {
                        float value = row[x] / scale;
                        if (value > best[x])
                            (best[x], winners[x]) = (value, map + 1);
                    }
                }
            }
        });
        return (winner, score);
    }

    private float Scale => normalise ? _largest : 1;

    private float LargestPixel(float[] scores)
    {
        var rowMaxima = new float[maps.Height];
        RowBands.For(maps.Height, 8L * maps.Width, (first, end) =>
        {
            var blended = new float[maps.Columns];
            var row = new float[maps.Width];
            for (int y = first; y < end; y++)
            {
                Bilinear.ResizeRow(scores, maps.Columns, _axes.Vertical, _axes.Horizontal, y, blended, row);
                foreach (float value in row)
                    rowMaxima[y] = Math.Max(rowMaxima[y], value);
            }
        });
        return rowMaxima.Max();
    }
}
