using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Networks;

[Collection("torch")]
public class MapperTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(97, 80)]
    [InlineData(1, 5000)]
    [InlineData(600, 3)]
    public void MapsOfAnySizeAreFinite(int height, int width)
    {
        using CamNetwork cam = TinyNetworks.Cam();
        using IrNetwork ir = TinyNetworks.Ir();
        using var camMapper = new ClassActivationMapper(cam);
        using var irMapper = new BoundaryDisplacementMapper(ir, new() { Canvas = 64 });
        RgbImage image = Photograph(height, width);
        ClassActivation activation = camMapper.Compute(image, [2, 0], fullResolution: true);
        int rows = (height + 3) / 4, columns = (width + 3) / 4;
        Assert.Equal((height, width, rows, columns), (activation.Height, activation.Width, activation.Rows, activation.Columns));
        Assert.Equal([0, 2], activation.Tags);
        Assert.Equal(2 * rows * columns, activation.Cam.Length);
        Assert.Equal(2 * height * width, activation.FullResolution!.Length);
        Assert.All(activation.Cam, value => Assert.InRange(value, 0, 1));
        Assert.All(activation.FullResolution, value => Assert.InRange(value, 0, 1));
        Assert.All(activation.ClassScore, value => Assert.InRange(value, 0, 1));

        BoundaryDisplacement relations = irMapper.Compute(image);
        Assert.Equal((rows, columns), (relations.Rows, relations.Columns));
        Assert.Equal(rows * columns, relations.Boundary.Length);
        Assert.Equal(2 * rows * columns, relations.Displacement.Length);
        Assert.All(relations.Boundary, value => Assert.InRange(value, 0, 1));
        Assert.All(relations.Displacement, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void NoTagGivesNoMap()
    {
        using CamNetwork network = TinyNetworks.Cam();
        using var mapper = new ClassActivationMapper(network);
        ClassActivation activation = mapper.Compute(Photograph(20, 30), [], fullResolution: true);
        Assert.Empty(activation.Tags);
        Assert.Empty(activation.Cam);
        Assert.Empty(activation.FullResolution!);
        Assert.Equal(3, activation.ClassScore.Length);
    }

    [Fact]
    public void WithoutTagsTheNetworksOwnServe()
    {
        using CamNetwork network = TinyNetworks.Cam(classes: 5);
        using var mapper = new ClassActivationMapper(network);
        RgbImage image = Photograph(40, 33);
        float[] score = mapper.Compute(image, []).ClassScore;
        float threshold = score.Order().ElementAt(2);
        int[] expected = [.. Enumerable.Range(0, 5).Where(index => score[index] >= threshold)];
        Assert.Equal(3, expected.Length);
        ClassActivation found = mapper.Compute(image, tags: null, tagThreshold: threshold);
        Assert.Equal(expected, found.Tags);
        Assert.Equal(mapper.Compute(image, expected).Cam, found.Cam);
    }

    [Fact]
    public void ScoreIsTheWholePhotographsWhateverTheScales()
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        using CamNetwork network = TinyNetworks.Cam();
        RgbImage image = Photograph(40, 33);
        float[] expected = ImageTensor.Values(network.Logits(ImageTensor.Normalised(image, CPU)).sigmoid());
        foreach (float[] scales in new float[][] { [1], [0.5f, 2] })
        {
            using var mapper = new ClassActivationMapper(network, new() { Scales = scales });
            float[] actual = mapper.Compute(image, [1]).ClassScore;
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 1e-5f);
        }
    }

    [Fact]
    public void UnknownTagIsRefused()
    {
        using CamNetwork network = TinyNetworks.Cam();
        using var mapper = new ClassActivationMapper(network);
        Assert.Throws<ArgumentOutOfRangeException>(() => mapper.Compute(Photograph(8, 8), [3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => mapper.Compute(Photograph(8, 8), [-1]));
    }

    [Fact]
    public void ScalesBeyondTheLimitAreLoweredAndReported()
    {
        using CamNetwork network = TinyNetworks.Cam();
        using var mapper = new ClassActivationMapper(network, new() { MaximumPixels = 40 * 40 });
        IReadOnlyList<float> scales = mapper.Compute(Photograph(32, 32), [0]).Scales;
        Assert.Equal([1f, 0.5f, 1.25f, 1.25f], scales);
    }

    [Fact]
    public void ImpossibleOptionsAreRefused()
    {
        using CamNetwork cam = TinyNetworks.Cam();
        using IrNetwork ir = TinyNetworks.Ir();
        Assert.Throws<OptionException>(() => new ClassActivationMapper(cam, new() { Scales = [] }));
        Assert.Throws<OptionException>(() => new ClassActivationMapper(cam, new() { Scales = [1, 0] }));
        Assert.Throws<OptionException>(() => new ClassActivationMapper(cam, new() { MaximumPixels = 0 }));
        Assert.Throws<OptionException>(() => new BoundaryDisplacementMapper(ir, new() { Canvas = 0 }));
    }

    [Fact]
    public void ParallelCallsGiveTheSameMaps()
    {
        using CamNetwork cam = TinyNetworks.Cam();
        using IrNetwork ir = TinyNetworks.Ir();
        using var camMapper = new ClassActivationMapper(cam);
        using var irMapper = new BoundaryDisplacementMapper(ir, new() { Canvas = 64 });
        RgbImage[] images = [.. Enumerable.Range(0, 6).Select(i => Photograph(30 + 7 * i, 41))];
        float[][] cams = [.. images.Select(image => camMapper.Compute(image, [1]).Cam)];
        float[][] fields = [.. images.Select(image => irMapper.Compute(image).Displacement)];
        Parallel.For(0, images.Length, i =>
        {
            Assert.Equal(cams[i], camMapper.Compute(images[i], [1]).Cam);
            Assert.Equal(fields[i], irMapper.Compute(images[i]).Displacement);
        });
    }

    [Fact]
    public void MappersLeaveNoTensorBehind()
    {
        using CamNetwork cam = TinyNetworks.Cam();
        using IrNetwork ir = TinyNetworks.Ir();
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        using (var camMapper = new ClassActivationMapper(cam))
        using (var irMapper = new BoundaryDisplacementMapper(ir, new() { Canvas = 64 }))
        {
            camMapper.Compute(Photograph(30, 41), [1], fullResolution: true);
            irMapper.Compute(Photograph(30, 41));
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void MappersTakeAnyBackbone()
    {
        using var cam = new CamNetwork(new PoolingBackbone(4, 4, 8, 16, 16), 2);
        using var ir = new IrNetwork(new PoolingBackbone(4, 4, 8, 16, 16));
        using (var camMapper = new ClassActivationMapper(cam))
            Assert.Equal(8 * 11, camMapper.Compute(Photograph(30, 41), [1]).Cam.Length);
        using (var irMapper = new BoundaryDisplacementMapper(ir))
            Assert.Equal(8 * 11, irMapper.Compute(Photograph(30, 41)).Boundary.Length);
        using var scope = NewDisposeScope();
        Assert.Equal([1, 2], cam.Logits(TinyNetworks.Images(1, 8, 8)).shape);
    }

    private static RgbImage Photograph(int height, int width)
    {
        var pixels = new byte[height * width * 3];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(127 + 120 * Math.Sin(i * 0.031 + i / (3 * width) * 0.17));
        return new RgbImage(height, width, pixels);
    }
}
