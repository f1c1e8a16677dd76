using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Data;

/// <summary>A photograph in memory, as a <see cref="PredictionEngine{TSrc, TDst}"/> or LoadFromEnumerable takes it.</summary>
public sealed class PhotographRow : IDisposable
{
    /// <summary>The photograph, of any size.</summary>
    [AnySizeImage]
    public MLImage? Image { get; set; }

    /// <summary>Copies a photograph into a row, which the caller disposes.</summary>
    public static PhotographRow Of(RgbImage photograph) => new() { Image = MLImagePixels.ToMLImage(photograph) };

    /// <summary>Releases the photograph.</summary>
    public void Dispose() => Image?.Dispose();
}
