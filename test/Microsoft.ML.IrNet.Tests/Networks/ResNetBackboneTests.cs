using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Networks;

[Collection("torch")]
public class ResNetBackboneTests
{
    [Theory]
    [InlineData(ResNetDepth.ResNet18, 11_176_512)]
    [InlineData(ResNetDepth.ResNet34, 21_284_672)]
    [InlineData(ResNetDepth.ResNet50, 23_508_032)]
    [InlineData(ResNetDepth.ResNet101, 42_500_160)]
    public void HasAsManyParametersAsTorchvision(ResNetDepth depth, long expected)
    {
        using var backbone = new ResNetBackbone(new() { Depth = depth });
        Assert.Equal(expected, backbone.parameters().Sum(parameter => parameter.numel()));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(97, 80)]
    [InlineData(1, 700)]
    public void EveryTapHasCeilingSize(int height, int width)
    {
        foreach (int outputStride in new[] { 8, 16, 32 })
            foreach (ResNetDepth depth in new[] { ResNetDepth.ResNet18, ResNetDepth.ResNet50 })
            {
                using var scope = NewDisposeScope();
                using var guard = no_grad();
                using ResNetBackbone backbone = TinyNetworks.Backbone(new() { Depth = depth, BaseWidth = 4, OutputStride = outputStride });
                Tensor[] taps = backbone.forward(TinyNetworks.Images(1, height, width));
                for (int i = 0; i < taps.Length; i++)
                {
                    int stride = backbone.TapStrides[i];
                    Assert.Equal([1, backbone.TapChannels[i], (height + stride - 1) / stride, (width + stride - 1) / stride], taps[i].shape);
                }
                Assert.Equal(outputStride, backbone.TapStrides[^1]);
            }
    }

    [Theory]
    [InlineData(8, new long[] { 1, 2, 2, 2, 2, 2 }, new long[] { 2, 4, 4 })]
    [InlineData(16, new long[] { 1, 1, 1, 1, 1, 1 }, new long[] { 1, 2, 2 })]
    [InlineData(32, new long[] { 1, 1, 1, 1, 1, 1 }, new long[] { 1, 1, 1 })]
    public void DroppedStridesBecomeDilation(int outputStride, long[] layer3, long[] layer4)
    {
        using var scope = NewDisposeScope();
        using ResNetBackbone backbone = TinyNetworks.Backbone(TinyNetworks.Shape with { OutputStride = outputStride, Dilated = true });
        Assert.Equal(layer3, Dilations(2));
        Assert.Equal(layer4, Dilations(3));
        Assert.All(Dilations(0).Concat(Dilations(1)), dilation => Assert.Equal(1, dilation));
        using var guard = no_grad();
        Tensor[] taps = backbone.forward(TinyNetworks.Images(1, 33, 41));
        for (int i = 0; i < taps.Length; i++)
        {
            int stride = backbone.TapStrides[i];
            Assert.Equal([(33 + stride - 1) / stride, (41 + stride - 1) / stride], taps[i].shape[2..]);
        }

        long[] Dilations(int layer) => [.. backbone.Layers[layer].Select(block => block.Body[1].Convolution.dilation[0])];
    }

    [Theory]
    [InlineData(ResNetDepth.ResNet18, false)]
    [InlineData(ResNetDepth.ResNet50, false)]
    [InlineData(ResNetDepth.ResNet50, true)]
    public void DilationSeesWhatTheStridesWouldHaveSeen(ResNetDepth depth, bool strideIn1x1)
    {
        // Every fourth cell of the dilated network is what the one with strides computes.
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        ResNetOptions shape = TinyNetworks.Shape with { Depth = depth, StrideIn1x1 = strideIn1x1, OutputStride = 32 };
        using ResNetBackbone strided = TinyNetworks.Backbone(shape);
        using ResNetBackbone dilated = TinyNetworks.Backbone(shape with { OutputStride = 8, Dilated = true });
        Tensor input = TinyNetworks.Images(1, 129, 161);
        Tensor expected = strided.forward(input)[4];
        Tensor actual = dilated.forward(input)[4].slice(2, 0, 17, 4).slice(3, 0, 21, 4);
        Assert.Equal(expected.shape, actual.shape);
        Assert.True(expected.allclose(actual, rtol: 1e-4, atol: 1e-4));
    }

    [Fact]
    public void OneValueAChannelIsNormalisedByTheRunningStatistics()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var norm = new BatchNormalisation(3, Normalisation.BatchNorm);
        Tensor input = tensor(new float[] { 2, -1, 5 }, [1, 3, 1, 1]);
        norm.train();
        Assert.True(norm.forward(input).allclose(input, rtol: 1e-4));
        Assert.Equal(new float[3], norm.RunningMean.data<float>().ToArray());
    }

    [Fact]
    public void StrideIn1x1MovesTheStrideOnly()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using ResNetBackbone caffe = TinyNetworks.Backbone(TinyNetworks.Shape with { StrideIn1x1 = true });
        using ResNetBackbone torchvision = TinyNetworks.Backbone();
        Tensor images = TinyNetworks.Images(1, 33, 40);
        Tensor a = caffe.forward(images)[4], b = torchvision.forward(images)[4];
        Assert.Equal(b.shape, a.shape);
        Assert.False(a.allclose(b));
        Assert.Equal(torchvision.state_dict().Keys, caffe.state_dict().Keys);
    }

    [Fact]
    public void FrozenBatchNormIgnoresTrainingMode()
    {
        using var scope = NewDisposeScope();
        using ResNetBackbone backbone = TinyNetworks.Backbone();
        Tensor images = TinyNetworks.Images(2, 32, 32);
        backbone.eval();
        Tensor evaluated = backbone.forward(images)[4];
        backbone.train();
        Tensor trained = backbone.forward(images)[4];
        Assert.Equal(evaluated.data<float>().ToArray(), trained.data<float>().ToArray());
        trained.sum().backward();
        Assert.NotNull(backbone.get_parameter("bn1.weight")!.grad);
    }

    [Fact]
    public void BatchNormLearnsItsStatistics()
    {
        using var scope = NewDisposeScope();
        using ResNetBackbone backbone = TinyNetworks.Backbone(TinyNetworks.Shape with { Normalisation = Normalisation.BatchNorm });
        Tensor images = TinyNetworks.Images(2, 32, 32);
        float[] before = backbone.get_buffer("bn1.running_mean")!.data<float>().ToArray();
        backbone.train();
        backbone.forward(images);
        Assert.NotEqual(before, backbone.get_buffer("bn1.running_mean")!.data<float>().ToArray());
    }

    [Fact]
    public void ConvertsToAnotherTypeWhole()
    {
        using var scope = NewDisposeScope();
        using ResNetBackbone backbone = TinyNetworks.Backbone();
        backbone.to(ScalarType.Float64);
        Tensor output = backbone.forward(TinyNetworks.Images(1, 32, 32).to(ScalarType.Float64))[4];
        Assert.Equal(ScalarType.Float64, output.dtype);
    }

    [Fact]
    public void SurvivesTheScopeItWasBuiltIn()
    {
        ResNetBackbone backbone;
        using (NewDisposeScope())
            backbone = TinyNetworks.Backbone();
        using var scope = NewDisposeScope();
        Assert.Equal(3, backbone.Stage(0, TinyNetworks.Images(1, 9, 9)).shape[2]);
        backbone.Dispose();
    }

    [Fact]
    public void SameSeedSameWeights()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(7);
        using var first = new ResNetBackbone(TinyNetworks.Shape);
        random.manual_seed(7);
        using var second = new ResNetBackbone(TinyNetworks.Shape);
        Assert.True(first.get_parameter("layer4.2.conv3.weight")!.allclose(second.get_parameter("layer4.2.conv3.weight")!, rtol: 0, atol: 0));
    }

    [Fact]
    public void RefusesImpossibleOptions()
    {
        Assert.Equal(nameof(ResNetOptions.OutputStride), Assert.Throws<OptionException>(() => new ResNetBackbone(new() { OutputStride = 4 })).Subject);
        Assert.Equal(nameof(ResNetOptions.BaseWidth), Assert.Throws<OptionException>(() => new ResNetBackbone(new() { BaseWidth = 0 })).Subject);
        Assert.Equal(nameof(ResNetOptions.Depth), Assert.Throws<OptionException>(() => new ResNetBackbone(new() { Depth = (ResNetDepth)19 })).Subject);
    }

    [Fact]
    public void ForwardLeavesNoTensorBehind()
    {
        using ResNetBackbone backbone = TinyNetworks.Backbone();
        using Tensor images = TinyNetworks.Images(1, 32, 32);
        using var guard = no_grad();
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        foreach (Tensor tap in backbone.forward(images))
            tap.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }
}
