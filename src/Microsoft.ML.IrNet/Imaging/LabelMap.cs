using Microsoft.ML.IrNet.Notebooks;

namespace Microsoft.ML.IrNet.Imaging;

/// <summary>A class or instance index for every pixel. In semantic maps 0 is background, class index + 1 a class and 255 void.</summary>
[TypeFormatterSource(typeof(NotebookFormatterSource))]
public sealed class LabelMap
{
    /// <summary>The index of pixels that count for nothing.</summary>
    public const byte Void = 255;

    /// <summary>Wraps labels without copying them.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="labels">Row-major; height x width bytes.</param>
    public LabelMap(int height, int width, byte[] labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.LongLength != (long)height * width)
            throw new ArgumentException($"{labels.LongLength} labels do not make a {height} x {width} map.", nameof(labels));
        (Height, Width, Labels) = (height, width, labels);
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Row-major labels.</summary>
    public byte[] Labels { get; }
}
