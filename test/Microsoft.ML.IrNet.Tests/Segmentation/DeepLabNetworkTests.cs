using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;
using TinyNetworks = Microsoft.ML.IrNet.Tests.Networks.TinyNetworks;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

[Collection("torch")]
[KeptTensors]
public sealed class DeepLabNetworkTests
{
    [Theory]
    [InlineData(DeepLabHead.V3, true)]
    [InlineData(DeepLabHead.V3, false)]
    [InlineData(DeepLabHead.V2, true)]
    [InlineData(DeepLabHead.V2, false)]
    public void Logits_have_the_images_size_and_a_channel_for_background(DeepLabHead head, bool auxiliary)
    {
        using DeepLabNetwork network = TinyDeepLab.Network(3, head, auxiliary);
        network.eval();
        using var guard = no_grad();
        foreach ((int height, int width) in new[] { (1, 1), (1, 90), (33, 47) })
        {
            (Tensor logits, Tensor? second) = network.forward(TinyNetworks.Images(2, height, width));
            Assert.Equal([2, 4, height, width], logits.shape);
            Assert.Equal(auxiliary, second is not null);
            Assert.Equal(logits.shape, second?.shape ?? logits.shape);
        }
    }

    [Fact]
    public void The_head_of_the_second_paper_is_a_sum_of_four_rates_that_starts_at_its_own_initialisation()
    {
        using var network = new DeepLabNetwork(new ResNetBackbone(TinyDeepLab.Shape with { BaseWidth = 32 }), 20, DeepLabHead.V2, auxiliary: false);
        string[] names = [.. network.state_dict().Keys.Where(name => name.StartsWith("classifier.", StringComparison.Ordinal))];
        Assert.Equal(Enumerable.Range(0, 4).SelectMany(i => new[] { $"classifier.convs.{i}.bias", $"classifier.convs.{i}.weight" }), names.Order(StringComparer.Ordinal));
        Assert.All(names.Where(name => name.EndsWith("weight", StringComparison.Ordinal)), name =>
            Assert.InRange(network.get_parameter(name)!.std().item<float>(), 0.0098f, 0.0102f));
        Assert.All(names.Where(name => name.EndsWith("bias", StringComparison.Ordinal)), name =>
            Assert.Equal(0, network.get_parameter(name)!.abs().max().item<float>()));

        // An impulse comes out where the nine taps of each rate are.
        using var guard = no_grad();
        foreach (string name in names)
            network.get_parameter(name)!.copy_(tensor(name.EndsWith("weight", StringComparison.Ordinal) ? 1f : 0f));
        Tensor impulse = zeros(1, 256, 61, 61);
        impulse[0, 0, 30, 30] = tensor(1f);
        Tensor output = network.Logits(impulse)[0, 0];
        Assert.Equal(4 * 9, output.sum().item<float>());
        Assert.Equal(4, output[30, 30].item<float>());
        Assert.All(new[] { 6, 12, 18, 24 }, rate => Assert.Equal(1, output[30 - rate, 30 + rate].item<float>()));
    }

    [Fact]
    public void Heads_start_at_torchs_own_initialisation()
    {
        using DeepLabNetwork network = TinyDeepLab.Network();
        foreach (string name in new[] { "classifier.0.project.0.weight", "classifier.1.weight", "classifier.4.weight", "aux_classifier.0.weight" })
        {
            Tensor weight = network.get_parameter(name)!;
            // Uniform between plus and minus the reciprocal root of the inputs.
            float bound = 1 / MathF.Sqrt(weight.numel() / weight.shape[0]);
            Assert.InRange(weight.abs().max().item<float>(), 0.9f * bound, bound);
        }
    }

    [Fact]
    public void A_single_image_trains_with_live_norms()
    {
        using DeepLabNetwork network = TinyDeepLab.Network();
        network.train();
        (Tensor logits, _) = network.forward(TinyNetworks.Images(1, 40, 40));
        logits.sum().backward();
        Assert.NotNull(network.get_parameter("classifier.0.convs.4.1.weight")!.grad);
    }

    [Fact]
    public void Live_norms_learn_their_statistics_and_frozen_ones_do_not()
    {
        foreach (Normalisation normalisation in Enum.GetValues<Normalisation>())
        {
            using var network = new DeepLabNetwork(new ResNetBackbone(TinyDeepLab.Shape with { Normalisation = Normalisation.FrozenBatchNorm }), 2, normalisation: normalisation);
            network.train();
            network.forward(TinyNetworks.Images(2, 40, 40));
            Assert.Equal(normalisation == Normalisation.BatchNorm, network.get_buffer("classifier.2.running_mean")!.abs().max().item<float>() > 0);
            Assert.Equal(0, network.get_buffer("backbone.bn1.running_mean")!.abs().max().item<float>());
        }
    }

    [Fact]
    public void Classes_and_heads_out_of_range_are_refused()
    {
        using var backbone = new ResNetBackbone(TinyDeepLab.Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeepLabNetwork(backbone, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeepLabNetwork(backbone, 255));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeepLabNetwork(backbone, 2, (DeepLabHead)5));
        using DeepLabNetwork network = TinyDeepLab.Network(auxiliary: false);
        Assert.Throws<InvalidOperationException>(() => network.AuxiliaryLogits(zeros(1, 16, 4, 4)));
    }
}
