using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>Brings a predicted mask from the frame of its box back to the image.</summary>
internal static class MaskPaste
{
    /// <summary>Pastes probabilities.</summary>
    /// <param name="probabilities">[side, side].</param>
    /// <param name="side">Rows and columns of the prediction.</param>
    /// <param name="box">Its box, in pixels of the image.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="canvas">Receives [height, width]; 0 outside of the box.</param>
    public static void Soft(ReadOnlySpan<float> probabilities, int side, BoundingBox box, int height, int width, Span<float> canvas)
    {
        ValueRange.RequireLength(canvas.Length, (long)height * width, nameof(canvas), "height x width");
        canvas.Clear();
        var frame = new PasteFrame(probabilities, side, box, height, width);
        foreach (int x in frame.Columns)
        {
            ReadOnlySpan<float> column = frame.Column(x);
            for (int y = 0; y < column.Length; y++)
                canvas[(frame.Top + y) * width + x] = column[y];
        }
    }

    /// <summary>The pixels whose probability reaches a threshold. The time it takes grows with the box, not with the image.</summary>
    /// <param name="probabilities">[side, side].</param>
    /// <param name="side">Rows and columns of the prediction.</param>
    /// <param name="box">Its box, in pixels of the image.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="threshold">Above 0.</param>
    public static RunLengthMask Binary(ReadOnlySpan<float> probabilities, int side, BoundingBox box, int height, int width, float threshold = 0.5f)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        var frame = new PasteFrame(probabilities, side, box, height, width);
        var runs = new RunLengthBuilder();
        long position = 0;
        foreach (int x in frame.Columns)
        {
            ReadOnlySpan<float> column = frame.Column(x);
            long top = (long)x * height + frame.Top;
            for (int y = 0; y < column.Length; y++)
                if (column[y] >= threshold)
                {
                    if (top + y > position)
                        runs.Add(inside: false, (uint)(top + y - position));
                    runs.Add(inside: true, 1);
                    position = top + y + 1;
                }
        }
        if ((long)height * width > position)
            runs.Add(inside: false, (uint)((long)height * width - position));
        return new RunLengthMask(height, width, runs.ToCounts());
    }
}
