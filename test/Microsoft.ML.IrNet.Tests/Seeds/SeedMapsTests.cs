using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Seeds;
using Microsoft.ML.IrNet.Tests.Estimators;

namespace Microsoft.ML.IrNet.Tests.Seeds;

[Collection("torch")]
public class SeedMapsTests
{
    [Fact]
    public void Our_own_maps_come_back_as_they_are()
    {
        RgbImage image = TinyPipeline.Photograph(1);
        using CamNetwork network = TinyPipeline.CamNetwork();
        using var mapper = new ClassActivationMapper(network, new CamOptions { Scales = [1] });
        ClassActivation expected = mapper.Compute(image, [0, 1], fullResolution: true);
        ClassActivation ofGrid = Of(new NpyArray([2, expected.Rows, expected.Columns], expected.Cam), image, [0, 1]);
        ClassActivation ofPixels = Of(new NpyArray([2, image.Height, image.Width], expected.FullResolution!), image, [0, 1]);
        Assert.Equal((expected.Rows, expected.Columns), (ofGrid.Rows, ofGrid.Columns));
        for (int i = 0; i < expected.Cam.Length; i++)
            Assert.Equal(expected.Cam[i], ofGrid.Cam[i], 1e-4f);
        for (int i = 0; i < expected.FullResolution!.Length; i++)
            Assert.Equal(expected.FullResolution[i], ofPixels.FullResolution![i], 1e-4f);
    }

    [Fact]
    public void Of_maps_of_all_classes_those_of_the_tags_are_taken()
    {
        float[] maps = [1, 2, 3, 4, 4, 2, 2, 1, 5, 5, 5, 10];
        ClassActivation all = SeedMaps.Of(new NpyArray([3, 2, 2], maps), 8, 8, [0, 2], 3, "seeds"), tags = SeedMaps.Of(new NpyArray([2, 2, 2], [.. maps[..4], .. maps[8..]]), 8, 8, [0, 2], 3, "seeds");
        Assert.Equal(tags.Cam, all.Cam);
        Assert.Equal(tags.FullResolution, all.FullResolution);
        Assert.Equal([0, 2], all.Tags);
        Assert.Equal([0.25f, 0.5f, 0.75f, 1], all.Cam[..4].Select(value => MathF.Round(value, 4)));
    }

    [Fact]
    public void Values_below_zero_are_no_activation()
    {
        ClassActivation maps = SeedMaps.Of(new NpyArray([1, 1, 2], [-3, 2]), 4, 8, [0], 1, "seeds");
        Assert.Equal([0, 1], maps.Cam.Select(value => MathF.Round(value, 4)));
    }

    [Fact]
    public void A_photograph_without_tags_has_no_maps() => Assert.Empty(SeedMaps.Of(new NpyArray([2, 3, 3], new float[18]), 10, 10, [], 2, "seeds").Cam);

    [Theory]
    [InlineData(new[] { 3, 2, 2 }, 0f, "shape")]
    [InlineData(new[] { 1, 2 }, 0f, "shape")]
    [InlineData(new[] { 1, 0, 2 }, 0f, "shape")]
    [InlineData(new[] { 1, 2, 2 }, float.NaN, "NaN")]
    [InlineData(new[] { 1, 2, 2 }, float.PositiveInfinity, "NaN or infinity")]
    public void Other_maps_are_refused_by_name(int[] shape, float value, string problem)
    {
        var values = new float[shape.Aggregate(1, (product, side) => product * side)];
        Array.Fill(values, value);
        var error = Assert.Throws<DataSetException>(() => SeedMaps.Of(new NpyArray(shape, values), 8, 8, [1], 2, "a.npy"));
        Assert.Equal("a.npy", error.Subject);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private static ClassActivation Of(NpyArray seeds, RgbImage image, int[] tags) => SeedMaps.Of(seeds, image.Height, image.Width, tags, 2, "seeds");
}
