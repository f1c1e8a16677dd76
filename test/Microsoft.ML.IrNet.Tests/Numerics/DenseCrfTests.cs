using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Numerics;

public sealed class DenseCrfTests
{
    [SkippableTheory]
    [InlineData("syn1")]
    [InlineData("const_img")]
    [InlineData("tiny_1x1")]
    [InlineData("tiny_3x2")]
    public void Probabilities_are_the_recorded_ones(string name) => Compare(new GoldenSet("crf"), name);

    [SkippableTheory]
    [InlineData("cat")]
    [InlineData("coffee")]
    [InlineData("syn0")]
    [InlineData("rocket")]
    [InlineData("softmax4")]
    [InlineData("softmax4_gaussonly")]
    [InlineData("softmax4_bilonly")]
    [InlineData("softmax4_t0")]
    [InlineData("softmax4_t1")]
    [InlineData("softmax4_t2")]
    [InlineData("softmax21")]
    public void Probabilities_of_larger_images_are_the_recorded_ones(string name) => Compare(new GoldenSet("crf", whole: true), name);

    [Fact]
    public void Probabilities_sum_to_one() =>
        Prop.ForAll(Gen.Choose(1, 9).ToArbitrary(), Gen.Choose(1, 12).ToArbitrary(), Gen.Choose(0, 1 << 20).ToArbitrary(), (labels, side, seed) =>
        {
            var random = new Random(seed);
            int pixels = side * (side + 1);
            var rgb = new byte[pixels * 3];
            random.NextBytes(rgb);
            float[] unary = [.. Enumerable.Range(0, labels * pixels).Select(_ => 8 * random.NextSingle() - 2)];
            float[] q = DenseCrf.Infer(rgb, side, side + 1, unary, labels, new DenseCrfOptions { Iterations = 3 });
            for (int pixel = 0; pixel < pixels; pixel++)
                Assert.Equal(1, Enumerable.Range(0, labels).Sum(label => (double)q[label * pixels + pixel]), 1e-5);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Swapping_labels_swaps_probabilities() =>
        Prop.ForAll(Gen.Choose(0, 1 << 20).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var rgb = new byte[7 * 9 * 3];
            random.NextBytes(rgb);
            float[] first = [.. Enumerable.Range(0, 63).Select(_ => 4 * random.NextSingle())];
            float[] second = [.. Enumerable.Range(0, 63).Select(_ => 4 * random.NextSingle())];
            float[] q = DenseCrf.Infer(rgb, 7, 9, [.. first, .. second], 2, new DenseCrfOptions());
            float[] swapped = DenseCrf.Infer(rgb, 7, 9, [.. second, .. first], 2, new DenseCrfOptions());
            Assert.Equal(q, swapped[63..].Concat(swapped[..63]));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(12)]
    public void Two_unary_terms_at_once_equal_one_by_one(int labels)
    {
        var random = new Random(labels);
        var (rgb, unary) = Random(random, 9, 13, 2 * labels);
        var model = new DenseCrfModel(rgb, 9, 13, new DenseCrfOptions());
        Assert.Equal([.. model.Infer(unary[..(unary.Length / 2)], labels), .. model.Infer(unary[(unary.Length / 2)..], labels)], model.Infer(unary, labels));
    }

    [Fact]
    public void Kept_position_lattice_gives_the_same_bits()
    {
        var (rgb, unary) = Random(new Random(1), 11, 17, 3);
        float[] first = DenseCrf.Infer(rgb, 11, 17, unary, 3, new DenseCrfOptions());
        // Another size and another deviation in between.
        DenseCrf.Infer(rgb, 17, 11, unary, 3, new DenseCrfOptions());
        Assert.NotEqual(first, DenseCrf.Infer(rgb, 11, 17, unary, 3, new DenseCrfOptions { SmoothnessDeviation = 2 }));
        Assert.Equal(first, DenseCrf.Infer(rgb, 11, 17, unary, 3, new DenseCrfOptions()));
        Assert.Same(PositionLattices.Of(11, 17, 3), PositionLattices.Of(11, 17, 3));
    }

    [Fact]
    public void Runs_side_by_side_give_the_same_bits()
    {
        // Large enough to be split over cores.
        var (rgb, unary) = Random(new Random(2), 150, 200, 3);
        float[] first = DenseCrf.Infer(rgb, 150, 200, unary, 3, new DenseCrfOptions());
        Parallel.For(0, 3, _ => Assert.Equal(first, DenseCrf.Infer(rgb, 150, 200, unary, 3, new DenseCrfOptions())));
    }

    [Fact]
    public void First_of_equal_labels_wins() =>
        Assert.Equal([0, 1, 2, 0], DenseCrf.ArgMax([.5f, .2f, .1f, .3f, .5f, .4f, .1f, .3f, 0, .4f, .8f, .3f], 3));

    [Fact]
    public void Thin_images_are_labelled() =>
        Assert.All(DenseCrf.Infer(new byte[3000], 1, 1000, [.. Enumerable.Repeat(0f, 1000), .. Enumerable.Repeat(1f, 1000)], 2, new DenseCrfOptions())[..1000],
            value => Assert.InRange(value, 0.9f, 1));

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        var options = new DenseCrfOptions();
        Assert.Throws<ArgumentException>("rgb", () => DenseCrf.Infer(new byte[5], 1, 2, [0, 0], 1, options));
        Assert.Throws<ArgumentException>("unary", () => DenseCrf.Infer(new byte[6], 1, 2, [0, 0, 0], 1, options));
        Assert.Throws<ArgumentException>("unary", () => DenseCrf.Infer(new byte[6], 1, 2, [0, float.NaN], 1, options));
        Assert.Throws<OptionException>(() => DenseCrf.Infer(new byte[6], 1, 2, [0, 0], 1, options with { ColorDeviation = 0 }));
        Assert.Throws<OptionException>(() => DenseCrf.Infer(new byte[6], 1, 2, [0, 0], 1, options with { AppearanceWeight = -1 }));
        Assert.Throws<OptionException>(() => DenseCrf.Infer(new byte[6], 1, 2, [0, 0], 1, options with { Iterations = -1 }));
    }

    private static (byte[] Rgb, float[] Unary) Random(Random random, int height, int width, int planes)
    {
        var rgb = new byte[height * width * 3];
        random.NextBytes(rgb);
        return (rgb, [.. Enumerable.Range(0, planes * height * width).Select(_ => 4 * random.NextSingle())]);
    }

    private static void Compare(GoldenSet golden, string name)
    {
        JsonElement meta = golden.Meta.GetProperty(name);
        int[] shape = golden.Shape($"{name}_unary");
        var options = new DenseCrfOptions
        {
            Iterations = meta.GetProperty("iters").GetInt32(),
            SmoothnessWeight = meta.GetProperty("gaussian_sxy_compat").ValueKind == JsonValueKind.Null ? 0 : 3,
            AppearanceWeight = meta.GetProperty("bilateral_sxy_srgb_compat").ValueKind == JsonValueKind.Null ? 0 : 10,
        };
        float[] q = DenseCrf.Infer(golden.Read<byte>($"{name}_img"), shape[1], shape[2], golden.Read<float>($"{name}_unary"), shape[0], options);
        float[] expected = golden.Read<float>($"{name}_q");
        Assert.Equal(expected.Length, q.Length);
        Assert.InRange(expected.Zip(q, (e, a) => Math.Abs(e - a)).Max(), 0, 1e-4f);
        byte[] winners = golden.Read<byte>($"{name}_argmax");
        Assert.InRange(winners.Zip(DenseCrf.ArgMax(q, shape[0])).Count(pair => pair.First != pair.Second), 0, winners.Length / 10_000);
    }
}
