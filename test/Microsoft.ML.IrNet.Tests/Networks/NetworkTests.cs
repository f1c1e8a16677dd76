using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Networks;

[Collection("torch")]
public class NetworkTests
{
    [Fact]
    public void FrozenStagesGetNoGradient()
    {
        using var scope = NewDisposeScope();
        using CamNetwork network = TinyNetworks.Cam();
        network.train();
        network.Logits(TinyNetworks.Images(2, 40, 33)).sum().backward();
        foreach (var (name, parameter) in network.named_parameters())
        {
            bool frozen = name.StartsWith("backbone.conv1", StringComparison.Ordinal) || name.StartsWith("backbone.bn1", StringComparison.Ordinal)
                || name.StartsWith("backbone.layer1", StringComparison.Ordinal) || name.StartsWith("backbone.layer2", StringComparison.Ordinal);
            Assert.Equal(frozen, parameter.grad is null);
        }
    }

    [Fact]
    public void WithNoFrozenStageEverythingLearns()
    {
        using var scope = NewDisposeScope();
        using CamNetwork network = TinyNetworks.Cam(frozenStages: 0);
        network.Logits(TinyNetworks.Images(2, 40, 33)).sum().backward();
        Assert.All(network.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void MapsOfSomeClassesAreThoseOfAll()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using CamNetwork network = TinyNetworks.Cam(classes: 5);
        Tensor images = TinyNetworks.Images(1, 40, 33);
        Tensor all = network.ClassMaps(images);
        Tensor some = network.ClassMaps(images, [4, 1]);
        Assert.Equal([1, 5, 3, 3], all.shape);
        Assert.True(some.allclose(all.index_select(1, tensor(new long[] { 4, 1 })), rtol: 1e-5, atol: 1e-6));
        Assert.True(all.min().item<float>() >= 0);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(97, 80)]
    [InlineData(3, 500)]
    public void IrNetworkGivesAQuarterOfAnySize(int height, int width)
    {
        using var guard = no_grad();
        foreach (int outputStride in new[] { 8, 16, 32 })
        {
            using var scope = NewDisposeScope();
            using var network = new IrNetwork(TinyNetworks.Backbone(TinyNetworks.Shape with { OutputStride = outputStride }));
            (Tensor boundary, Tensor displacement) = network.forward(TinyNetworks.Images(2, height, width));
            Assert.Equal([2, 1, (height + 3) / 4, (width + 3) / 4], boundary.shape);
            Assert.Equal([2, 2, (height + 3) / 4, (width + 3) / 4], displacement.shape);
        }
    }

    [Fact]
    public void OnlyTheHeadsOfIrNetworkLearn()
    {
        using var scope = NewDisposeScope();
        using IrNetwork network = TinyNetworks.Ir();
        network.train();
        Assert.False(network.Backbone.training);
        (Tensor boundary, Tensor displacement) = network.forward(TinyNetworks.Images(1, 40, 33));
        boundary.sum().Plus(displacement.sum()).backward();
        Assert.All(network.Backbone.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.All(network.EdgeParameters.Concat(network.DisplacementParameters), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void HeadsHaveThePublishedNumberOfParameters()
    {
        using var network = new IrNetwork(new ResNetBackbone());
        Assert.Equal(125_409, network.EdgeParameters.Sum(parameter => parameter.numel()));
        Assert.Equal(1_269_120, network.DisplacementParameters.Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void MeanDisplacementIsSubtractedInEvaluationOnly()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using IrNetwork network = TinyNetworks.Ir();
        Tensor images = TinyNetworks.Images(1, 16, 16);
        network.MeanDisplacement.copy_(tensor(new[] { 1f, -2f }));
        network.train();
        Tensor training = network.forward(images).Displacement;
        network.eval();
        Tensor evaluation = network.forward(images).Displacement;
        Tensor difference = training - evaluation;
        Assert.True(difference[0, 0].allclose(ones(4, 4), rtol: 1e-5, atol: 1e-5));
        Assert.True(difference[0, 1].allclose(tensor(-2f).expand(4, 4), rtol: 1e-5, atol: 1e-5));
    }

    [Fact]
    public void NewGroupNormsStartAsTheIdentity()
    {
        using var network = new IrNetwork(new PoolingBackbone(4, 4, 8, 16, 16));
        Assert.All(network.named_parameters().Where(p => p.name.EndsWith(".1.weight", StringComparison.Ordinal)), p => Assert.True(p.parameter.data<float>().All(value => value == 1)));
        Assert.All(network.named_parameters().Where(p => p.name.EndsWith(".1.bias", StringComparison.Ordinal)), p => Assert.True(p.parameter.data<float>().All(value => value == 0)));
    }

    [Fact]
    public void ConvertsToAnotherTypeWhole()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using IrNetwork network = TinyNetworks.Ir();
        network.to(ScalarType.Float64);
        network.eval();
        (Tensor boundary, Tensor displacement) = network.forward(TinyNetworks.Images(1, 32, 32).to(ScalarType.Float64));
        Assert.Equal([ScalarType.Float64, ScalarType.Float64, ScalarType.Float64], [boundary.dtype, displacement.dtype, network.MeanDisplacement.dtype]);
    }

    [Fact]
    public void TakesAnyBackboneWithFiveTaps()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var cam = new CamNetwork(new PoolingBackbone(4, 4, 8, 16, 16), 2);
        using var ir = new IrNetwork(new PoolingBackbone(4, 4, 8, 16, 16));
        Tensor images = TinyNetworks.Images(1, 50, 31);
        Assert.Equal([1, 2], cam.Logits(images).shape);
        Assert.Equal([1, 1, 13, 8], ir.forward(images).Boundary.shape);
        Assert.Throws<ArgumentException>(() => new IrNetwork(new PoolingBackbone(2, 4, 8, 16, 16)));
    }

    [Fact]
    public void ForwardLeavesNoTensorBehind()
    {
        using CamNetwork cam = TinyNetworks.Cam();
        using IrNetwork ir = TinyNetworks.Ir();
        using Tensor images = TinyNetworks.Images(1, 40, 33);
        using var guard = no_grad();
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        cam.Logits(images).Dispose();
        cam.ClassMaps(images, [1]).Dispose();
        (Tensor boundary, Tensor displacement) = ir.forward(images);
        boundary.Dispose();
        displacement.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }
}
