using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

[Collection("torch")]
[KeptTensors]
public sealed class MaskRcnnWeightsTests
{
    [Theory]
    [InlineData("rpn.head.conv.bias", "rpn.head.conv.0.0.bias")]
    [InlineData("backbone.fpn.inner_blocks.2.weight", "backbone.fpn.inner_blocks.2.0.weight")]
    [InlineData("backbone.fpn.layer_blocks.0.bias", "backbone.fpn.layer_blocks.0.0.bias")]
    [InlineData("roi_heads.mask_head.mask_fcn4.weight", "roi_heads.mask_head.3.0.weight")]
    [InlineData("roi_heads.mask_predictor.conv5_mask.weight", "roi_heads.mask_predictor.conv5_mask.weight")]
    [InlineData("backbone.body.layer1.0.conv1.weight", "backbone.body.layer1.0.conv1.weight")]
    public void Names_of_the_published_file_become_the_present_ones(string published, string present) =>
        Assert.Equal(present, MaskRcnnWeights.CurrentName(published));

    [Fact]
    public void The_published_file_loads_and_its_batch_norms_have_no_epsilon()
    {
        using MaskRcnnNetwork source = ToyInstances.Network(seed: 1), target = ToyInstances.Network(seed: 2);
        StateDict weights = ModuleWeights.Save(source);
        var published = new StateDict(weights.Values.Select(tensor => tensor with { Name = PublishedName(tensor.Name) }));
        Assert.Contains("rpn.head.conv.weight", published.Keys);

        WeightReport report = MaskRcnnWeights.Load(target, published, "published.pth");
        Assert.Empty(report.Unexpected);
        Assert.Equal(Value(source, "rpn.head.conv.0.0.weight"), Value(target, "rpn.head.conv.0.0.weight"));
        // With a running variance of 1, w / sqrt(1 + e) has to give what w / sqrt(1) gave.
        float[] scales = Value(source, "backbone.body.bn1.weight");
        Assert.All(Value(target, "backbone.body.bn1.weight").Zip(scales), pair => Assert.Equal(pair.Second * Math.Sqrt(1 + 1e-5), pair.First, 1e-7));
    }

    [Fact]
    public void Present_names_keep_their_batch_norms_as_they_are()
    {
        using MaskRcnnNetwork source = ToyInstances.Network(seed: 1), target = ToyInstances.Network(seed: 2);
        MaskRcnnWeights.Load(target, ModuleWeights.Save(source), "own.safetensors");
        Assert.Equal(Value(source, "backbone.body.bn1.weight"), Value(target, "backbone.body.bn1.weight"));
    }

    private static string PublishedName(string name)
    {
        string[] parts = name.Split('.');
        return parts switch
        {
            ["backbone", "fpn", var blocks, var level, "0", var kind] => $"backbone.fpn.{blocks}.{level}.{kind}",
            ["rpn", "head", "conv", "0", "0", var kind] => $"rpn.head.conv.{kind}",
            ["roi_heads", "mask_head", var layer, "0", var kind] => $"roi_heads.mask_head.mask_fcn{int.Parse(layer) + 1}.{kind}",
            _ => name,
        };
    }

    private static float[] Value(torch.nn.Module network, string name) => network.state_dict()[name].data<float>().ToArray();
}
