using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Weights;

public sealed class GoldenWeightsTests
{
    [SkippableTheory]
    [InlineData("cam_head.pth", "cam_head.safetensors")]
    [InlineData("irn_head.pth", "irn_head.safetensors")]
    [InlineData("irn_head_legacy.pth", "irn_head.safetensors")]
    public void Pth_equals_safetensors(string pth, string safetensors)
    {
        StateDict expected = WeightFile.Read(SharedFolder.Require("golden", "weights", safetensors));
        StateDict actual = WeightFile.Read(SharedFolder.Require("golden", "weights", pth));
        Same.Tensors(expected, actual);
    }

    [SkippableFact]
    public void ImageNet_weights_are_read_with_their_metadata()
    {
        StateDict weights = WeightFile.Read(SharedFolder.Require("weights", "resnet50-imagenet.fp16.safetensors"));
        Assert.Equal(25_557_032, weights.Values.Where(tensor => !tensor.Name.Contains("running_", StringComparison.Ordinal)).Sum(tensor => tensor.Count));
        Assert.Contains("1x1", weights.Metadata["layout"]);
        Assert.Equal(StoredType.F16, weights["layer4.2.conv3.weight"].Type);
    }
}
