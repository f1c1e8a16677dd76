using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Networks;

[Collection("torch")]
public class BatchNormFoldingTests
{
    [Theory]
    [InlineData(ResNetDepth.ResNet18, false, false)]
    [InlineData(ResNetDepth.ResNet50, false, false)]
    [InlineData(ResNetDepth.ResNet50, true, false)]
    [InlineData(ResNetDepth.ResNet18, false, true)]
    [InlineData(ResNetDepth.ResNet50, false, true)]
    public void FoldedTapsAreEqualUpToRounding(ResNetDepth depth, bool strideIn1x1, bool dilated)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using ResNetBackbone backbone = TinyNetworks.Backbone(new() { Depth = depth, BaseWidth = 8, StrideIn1x1 = strideIn1x1, OutputStride = dilated ? 8 : 16, Dilated = dilated });
        using Backbone folded = BatchNormFolding.Fold(backbone);
        Tensor images = TinyNetworks.Images(2, 61, 47);
        Tensor[] expected = backbone.forward(images), actual = folded.forward(images);
        for (int i = 0; i < Backbone.TapCount; i++)
        {
            float largest = expected[i].abs().max().item<float>();
            Assert.True(largest > 0);
            Assert.True((expected[i] - actual[i]).abs().max().item<float>() <= 1e-4f * largest, $"tap {i}");
        }
    }

    [Fact]
    public void FoldedBackboneLeavesNoTensorBehind()
    {
        using ResNetBackbone backbone = TinyNetworks.Backbone();
        using Tensor images = TinyNetworks.Images(1, 40, 33);
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        using (Backbone folded = BatchNormFolding.Fold(backbone))
            foreach (Tensor tap in folded.forward(images))
                tap.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void FoldedBackboneOutlivesTheScopeItWasBuiltIn()
    {
        using ResNetBackbone backbone = TinyNetworks.Backbone();
        Backbone folded;
        using (NewDisposeScope())
            folded = BatchNormFolding.Fold(backbone);
        using var scope = NewDisposeScope();
        Assert.Equal(5, folded.forward(TinyNetworks.Images(1, 9, 9)).Length);
        folded.Dispose();
    }
}
