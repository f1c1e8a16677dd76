using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;
using ToyImages = Microsoft.ML.IrNet.Tests.Training.ToyImages;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

[Collection("torch")]
[KeptTensors]
public sealed class DeepLabMapperTests
{
    [Fact]
    public void At_its_own_size_a_photograph_gets_the_networks_most_probable_labels()
    {
        using DeepLabNetwork network = Patchy();
        RgbImage photograph = Pictures.Gradient(53, 71);
        using var mapper = new DeepLabMapper(network, new DeepLabInferenceOptions { ShorterSide = 0 });
        LabelMap map = mapper.Compute(photograph);

        using var guard = no_grad();
        (Tensor logits, _) = network.forward(Microsoft.ML.IrNet.Networks.ImageTensor.Normalised(photograph, CPU));
        byte[] expected = logits.argmax(1).to(ScalarType.Byte).data<byte>().ToArray();
        Assert.True(expected.Distinct().Count() > 1);
        Assert.InRange(expected.Zip(map.Labels).Count(pair => pair.First != pair.Second), 0, expected.Length / 1000);
        Assert.Equal((53, 71), (map.Height, map.Width));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(200, 3)]
    public void Extreme_photographs_are_labelled_within_the_limit(int height, int width)
    {
        using DeepLabNetwork network = TinyDeepLab.Network();
        var options = new DeepLabInferenceOptions { MaximumPixels = 20_000 };
        Assert.InRange(PillowResampler.ScaledSize(height, options.Scale(height, width)) * (double)PillowResampler.ScaledSize(width, options.Scale(height, width)), 1, 22_000);
        using var mapper = new DeepLabMapper(network, options);
        Assert.Equal(height * width, mapper.Compute(Pictures.Gradient(height, width)).Labels.Length);
    }

    [Fact]
    public void The_shorter_side_is_what_the_options_say()
    {
        Assert.Equal(2, new DeepLabInferenceOptions().Scale(260, 300));
        Assert.Equal(1, new DeepLabInferenceOptions { ShorterSide = 0 }.Scale(260, 300));
        Assert.Equal(0.1, new DeepLabInferenceOptions { MaximumPixels = 10_000 }.Scale(1000, 1000), 9);
    }

    [Fact]
    public void A_crf_refines_the_softmax()
    {
        using DeepLabNetwork network = Patchy();
        RgbImage photograph = new ToyImages(3).Load(2);
        var plain = new DeepLabInferenceOptions { ShorterSide = 48 };
        using DeepLabMapper without = new(network, plain), unary = new(network, plain with { Crf = new DenseCrfOptions { Iterations = 0 } }),
            with = new(network, plain with { Crf = new DenseCrfOptions() });
        Assert.Equal(without.Compute(photograph).Labels, unary.Compute(photograph).Labels);
        Assert.NotEqual(without.Compute(photograph).Labels, with.Compute(photograph).Labels);
    }

    // The recorded network's own biases, which the formula has under their names only, would give one label to all pixels here.
    private static DeepLabNetwork Patchy() => FormulaWeights.Fill(TinyDeepLab.Network(classes: 3), name => $"tiny.{name}");

    [Fact]
    public void Labelling_leaves_no_tensor_behind()
    {
        using DeepLabNetwork network = TinyDeepLab.Network();
        RgbImage photograph = Pictures.Gradient(40, 50);
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        foreach (DenseCrfOptions? crf in new[] { null, new DenseCrfOptions() })
            using (var mapper = new DeepLabMapper(network, new DeepLabInferenceOptions { ShorterSide = 40, Crf = crf }))
                mapper.Compute(photograph);
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }
}
