using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Numerics;

public sealed class BilinearTests
{
    [SkippableTheory]
    [InlineData("bilin_18x26")]
    [InlineData("bilin_36x52")]
    [InlineData("bilin_5x7")]
    [InlineData("bilin_9x13")]
    [InlineData("bilin_31x40")]
    [InlineData("bilin_scale4")]
    public void Resized_maps_are_torchs(string name)
    {
        var golden = new GoldenSet("bilinear");
        int[] from = golden.Shape("bilin_in"), to = golden.Shape(name);
        float[] source = golden.Read<float>("bilin_in"), expected = golden.Read<float>(name);
        var resized = new float[to[2] * to[3]];
        for (int map = 0; map < from[1]; map++)
        {
            Bilinear.Resize(source.AsSpan(map * from[2] * from[3], from[2] * from[3]), from[2], from[3], resized, to[2], to[3]);
            for (int i = 0; i < resized.Length; i++)
                Assert.Equal(expected[map * resized.Length + i], resized[i], 1e-5f);
        }
    }

    [Fact]
    public void Constant_stays_constant() =>
        Prop.ForAll(Sizes(), Sizes(), (from, to) =>
        {
            var resized = new float[to.Height * to.Width];
            Bilinear.Resize([.. Enumerable.Repeat(0.3f, from.Height * from.Width)], from.Height, from.Width, resized, to.Height, to.Width);
            Assert.All(resized, value => Assert.Equal(0.3f, value, 1e-6f));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Same_size_copies() =>
        Prop.ForAll(Sizes(), size =>
        {
            float[] source = [.. Enumerable.Range(0, size.Height * size.Width).Select(i => MathF.Sin(i))];
            var resized = new float[source.Length];
            Bilinear.Resize(source, size.Height, size.Width, resized, size.Height, size.Width);
            Assert.Equal(source, resized);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        Assert.Throws<ArgumentException>("source", () => Bilinear.Resize([1, 2], 2, 2, new float[4], 2, 2));
        Assert.Throws<ArgumentException>("destination", () => Bilinear.Resize([1, 2], 1, 2, new float[3], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>("newW", () => Bilinear.Resize([1, 2], 1, 2, [], 2, 0));
    }

    private static Arbitrary<Size> Sizes() => (
        from height in Gen.Choose(1, 20)
        from width in Gen.Choose(1, 20)
        select new Size(height, width)).ToArbitrary();

    public sealed record Size(int Height, int Width);
}
