using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Tests.Labelling;

public class CrfMasksTests
{
    private const int Height = 48, Width = 64;

    private static readonly PseudoLabelOptions Plain = new() { UseDisplacement = false }, Refined = Plain with { Crf = new DenseCrfOptions { ColorDeviation = 10 } };

    [Fact]
    public void Masks_end_where_the_object_ends()
    {
        (RgbImage photograph, byte[] truth) = Disc();
        ImageLabels before = PseudoLabeller.Label(Maps(), Plain), after = PseudoLabeller.Label(Maps(), Refined, photograph: photograph);
        Assert.True(IoU(before.Semantic.Labels, truth) < 0.8, "The activation covers the disc loosely.");
        Assert.True(IoU(after.Semantic.Labels, truth) > 0.95, $"{IoU(after.Semantic.Labels, truth)}");
        Assert.True(IoU(after.Instances.MaxBy(instance => instance.Mask.Area)!.Mask.ToRowMajor(), truth) > 0.95);
        Assert.Equal(before.Instances[0].Score, after.Instances.Max(instance => instance.Score));
    }

    [Fact]
    public void Nothing_found_stays_nothing()
    {
        var maps = new NetworkMaps(Height, Width, Height / 4, Width / 4, [], [], new float[Height * Width / 16], new float[Height * Width / 8]);
        ImageLabels labels = PseudoLabeller.Label(maps, Refined, photograph: Disc().Photograph);
        Assert.Empty(labels.Instances);
        Assert.All(labels.Semantic.Labels, label => Assert.Equal(0, label));
    }

    [Fact]
    public void The_photograph_is_needed_and_must_fit()
    {
        Assert.Throws<ArgumentException>("photograph", () => PseudoLabeller.Label(Maps(), Refined));
        Assert.Throws<ArgumentException>("photograph", () => PseudoLabeller.Label(Maps(), Refined, photograph: new RgbImage(3, 4, new byte[36])));
        Assert.Throws<OptionException>(() => PseudoLabeller.Label(Maps(), Plain with { Crf = new DenseCrfOptions { Iterations = -1 } }, photograph: Disc().Photograph));
    }

    /// <summary>An activation over a square around the disc, no boundary anywhere.</summary>
    private static NetworkMaps Maps()
    {
        (int rows, int columns) = (Height / 4, Width / 4);
        var cam = new float[rows * columns];
        for (int y = 2; y < 10; y++)
            cam.AsSpan(y * columns + 4, 8).Fill(1);
        // Boundaries all around the square, so that the walk stays in it.
        var boundary = new float[rows * columns];
        for (int cell = 0; cell < cam.Length; cell++)
            boundary[cell] = cam[cell] > 0 ? 0 : 1;
        return new NetworkMaps(Height, Width, rows, columns, [0], cam, boundary, new float[2 * cam.Length]);
    }

    /// <summary>A bright disc before a dark background.</summary>
    private static (RgbImage Photograph, byte[] Truth) Disc()
    {
        var truth = new byte[Height * Width];
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                truth[y * Width + x] = (byte)((y - 24) * (y - 24) + (x - 32) * (x - 32) < 15 * 15 ? 1 : 0);
        return (new RgbImage(Height, Width, [.. truth.SelectMany(inside => Enumerable.Repeat((byte)(inside == 1 ? 220 : 40), 3))]), truth);
    }

    private static double IoU(byte[] found, byte[] truth)
    {
        int both = found.Zip(truth).Count(pixel => pixel is { First: not 0, Second: not 0 }), either = found.Zip(truth).Count(pixel => pixel.First != 0 || pixel.Second != 0);
        return (double)both / either;
    }
}
