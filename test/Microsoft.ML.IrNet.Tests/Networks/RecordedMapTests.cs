using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Networks;

/// <summary>The published code's own outputs, with ResNet-50.</summary>
[Collection("torch")]
public class RecordedMapTests
{
    [SkippableFact]
    public void StagesAndLogitsAreThePublishedOnes()
    {
        var golden = new GoldenSet("cam_syn1");
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        using CamNetwork network = RecordedNetworks.Cam();
        Tensor image = tensor(golden.Read<float>("tensor_1")).view(1, 3, 80, 97);
        Tensor[] taps = network.Backbone.forward(image);
        for (int i = 1; i < taps.Length; i++)
            AssertStage(golden, $"act_stage{i}", taps[i]);
        using Backbone folded = BatchNormFolding.Fold((ResNetBackbone)network.Backbone);
        AssertStage(golden, "act_stage4", folded.Stages(0, Backbone.TapCount, image));
        float[] logits = golden.Read<float>("cls_logits");
        float[] actual = ImageTensor.Values(network.Logits(image));
        for (int i = 0; i < logits.Length; i++)
            Assert.Equal(logits[i], actual[i], 1e-3f * logits.Max(Math.Abs));
    }

    [SkippableTheory]
    [InlineData("syn1")]
    [InlineData("syn0")]
    [InlineData("coffee")]
    [InlineData("cat")]
    [InlineData("astro")]
    public void ClassActivationMapsAreThePublishedOnes(string name)
    {
        var golden = new GoldenSet("cam_" + name);
        using CamNetwork network = RecordedNetworks.Cam();
        using var mapper = new ClassActivationMapper(network);
        RgbImage image = RecordedNetworks.Image(name);
        ClassActivation activation = mapper.Compute(image, [.. golden.Read<long>("keys").Select(key => (int)key)], fullResolution: true);
        RecordedNetworks.AssertClose(golden, "strided_cam", activation.Cam);
        RecordedNetworks.AssertClose(golden, "highres_cam", activation.FullResolution!);
    }

    [SkippableTheory]
    [InlineData(0.5f)]
    [InlineData(1f)]
    [InlineData(1.5f)]
    [InlineData(2f)]
    public void EveryScaleIsThePublishedOne(float scale)
    {
        var golden = new GoldenSet("cam_syn1");
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        using CamNetwork network = RecordedNetworks.Cam();
        using var mapper = new ClassActivationMapper(network);
        Tensor maps = mapper.Maps(RecordedNetworks.Image("syn1"), scale, [.. Enumerable.Range(0, 20)], features: null);
        RecordedNetworks.AssertClose(golden, FormattableString.Invariant($"cam_{scale}"), ImageTensor.Values(maps));
    }

    [SkippableTheory]
    [InlineData("syn1")]
    [InlineData("syn0")]
    [InlineData("coffee")]
    [InlineData("cat")]
    [InlineData("astro")]
    public void BoundariesAndDisplacementsAreThePublishedOnes(string name)
    {
        var golden = new GoldenSet("irn_" + name);
        using IrNetwork network = RecordedNetworks.Ir();
        using var mapper = new BoundaryDisplacementMapper(network);
        BoundaryDisplacement relations = mapper.Compute(RecordedNetworks.Image(name));
        RecordedNetworks.AssertClose(golden, "edge", relations.Boundary);
        RecordedNetworks.AssertClose(golden, "dp", relations.Displacement);
    }

    [SkippableFact]
    public void ForwardOfAnOddSizeIsThePublishedOne()
    {
        var golden = new GoldenSet("irn_syn1");
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        using IrNetwork network = RecordedNetworks.Ir();
        (Tensor boundary, Tensor displacement) = network.forward(tensor(golden.Read<float>("nopad_input")).view(1, 3, 80, 97));
        RecordedNetworks.AssertClose(golden, "nopad_edge_logits", ImageTensor.Values(boundary));
        RecordedNetworks.AssertClose(golden, "nopad_dp", ImageTensor.Values(displacement));
    }

    // Single channels of a stage may be all but zero: the stage's own maximum is the measure.
    private static void AssertStage(GoldenSet golden, string array, Tensor actual)
    {
        using var scope = NewDisposeScope();
        Tensor expected = tensor(golden.Read<float>(array)).view(actual.shape);
        float largest = expected.abs().max().item<float>();
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, 1e-3f * largest);
    }
}
