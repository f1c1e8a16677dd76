using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML.IrNet.Numerics;

/// <summary>softmax(scores - energies) over the labels of each field and pixel. Filters want a pixel's labels side by side, vectors want pixels side by side: blocks of pixels are turned.</summary>
/// <param name="unary">[fields, labels, pixels].</param>
/// <param name="pixels">Pixels.</param>
/// <param name="labels">Labels of each field.</param>
internal sealed class PixelSoftmax(float[] unary, int pixels, int labels)
{
    // The logarithm of 1e-20: too small to matter, large enough that no product in the filter is a slow denormal number.
    private const float LeastScore = -46;
    private const int Block = 64;

    private readonly int _planes = unary.Length / pixels;

    /// <summary>Adds scores to [pixels, channels] of a block from a first pixel on.</summary>
    public delegate void ScoreBlock(Span<float> scores, int firstPixel);

    /// <param name="channels">At least fields x labels.</param>
    /// <param name="addScores">Called from several threads, with zeros.</param>
    /// <param name="probabilities">Receives [pixels, channels].</param>
    public void Run(int channels, ScoreBlock addScores, float[] probabilities) =>
        RowBands.For((pixels + Block - 1) / Block, 40L * Block * channels, (firstBlock, endBlock) =>
        {
            var scores = new float[Block * channels];
            var turned = new float[Block * _planes];
            var ofPixel = new float[Block];
            for (int first = firstBlock * Block; first < Math.Min(endBlock * Block, pixels); first += Block)
            {
                int count = Math.Min(Block, pixels - first);
                Array.Clear(scores);
                addScores(scores.AsSpan(0, count * channels), first);
                for (int plane = 0; plane < _planes; plane++)
                    Read(scores.AsSpan(plane), channels, unary.AsSpan(plane * pixels + first, count), turned.AsSpan(plane * Block, Block));
                for (int field = 0; field < _planes; field += labels)
                    Normalise(turned.AsSpan(field * Block, labels * Block), ofPixel);
                for (int plane = 0; plane < _planes; plane++)
                    Write(turned.AsSpan(plane * Block, count), probabilities.AsSpan(first * channels + plane), channels);
            }
        });

    private static void Read(ReadOnlySpan<float> scores, int channels, ReadOnlySpan<float> energies, Span<float> turned)
    {
        ref float score = ref MemoryMarshal.GetReference(scores);
        for (int i = 0; i < energies.Length; i++)
            turned[i] = Unsafe.Add(ref score, i * channels) - energies[i];
    }

    private static void Write(ReadOnlySpan<float> turned, Span<float> probabilities, int channels)
    {
        ref float probability = ref MemoryMarshal.GetReference(probabilities);
        for (int i = 0; i < turned.Length; i++)
            Unsafe.Add(ref probability, i * channels) = turned[i];
    }

    /// <param name="scores">[labels, block]; becomes probabilities.</param>
    /// <param name="ofPixel">Work space, [block].</param>
    private static void Normalise(Span<float> scores, Span<float> ofPixel)
    {
        scores[..Block].CopyTo(ofPixel);
        for (int at = Block; at < scores.Length; at += Block)
            TensorPrimitives.Max(ofPixel, scores.Slice(at, Block), ofPixel);
        for (int at = 0; at < scores.Length; at += Block)
            TensorPrimitives.Subtract(scores.Slice(at, Block), ofPixel, scores.Slice(at, Block));
        TensorPrimitives.Max(scores, LeastScore, scores);
        TensorPrimitives.Exp(scores, scores);
        scores[..Block].CopyTo(ofPixel);
        for (int at = Block; at < scores.Length; at += Block)
            TensorPrimitives.Add(ofPixel, scores.Slice(at, Block), ofPixel);
        for (int at = 0; at < scores.Length; at += Block)
            TensorPrimitives.Divide(scores.Slice(at, Block), ofPixel, scores.Slice(at, Block));
    }
}
