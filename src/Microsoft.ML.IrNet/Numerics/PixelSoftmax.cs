using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.IrNet.Numerics;

/// <summary>softmax(scores - energies) over the labels of each field and pixel. Filters want a pixel's labels side by side, vectors want pixels side by side: blocks of pixels are turned.</summary>
/// <param name="unary">[fields, labels, pixels].</param>
/// <param name="pixels">Pixels.</param>
/// <param name="labels">Labels of each field.</param>
internal sealed class PixelSoftmax(float[] unary, int pixels, int labels)
{
    // Too small to matter, large enough that no product in the filter is a slow denormal number.
    private const float SmallestProbability = 1e-20f;
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
            for (int first = firstBlock * Block; first < Math.Min(endBlock * Block, pixels); first += Block)
            {
                int count = Math.Min(Block, pixels - first);
                Array.Clear(scores);
                addScores(scores.AsSpan(0, count * channels), first);
                for (int plane = 0; plane < _planes; plane++)
                    Read(scores.AsSpan(plane), channels, unary.AsSpan(plane * pixels + first, count), turned.AsSpan(plane * Block, Block));
                for (int field = 0; field < _planes; field += labels)
                    for (int i = 0; i < count; i += Vector256<float>.Count)
                        Normalise(ref turned[field * Block + i]);
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

    private void Normalise(ref float score)
    {
        Vector256<float> largest = Vector256.LoadUnsafe(ref score);
        for (int label = 1; label < labels; label++)
            largest = Vector256.Max(largest, Vector256.LoadUnsafe(ref score, (nuint)(label * Block)));
        Vector256<float> sum = Vector256<float>.Zero;
        for (int label = 0; label < labels; label++)
        {
            Vector256<float> value = VectorExp.OfNegative(Vector256.LoadUnsafe(ref score, (nuint)(label * Block)) - largest);
            value.StoreUnsafe(ref score, (nuint)(label * Block));
            sum += value;
        }
        for (int label = 0; label < labels; label++)
        {
            Vector256<float> share = Vector256.LoadUnsafe(ref score, (nuint)(label * Block)) / sum;
            share = Vector256.ConditionalSelect(Vector256.LessThan(share, Vector256.Create(SmallestProbability)), Vector256<float>.Zero, share);
            share.StoreUnsafe(ref score, (nuint)(label * Block));
        }
    }
}
