using System.Text.Json;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Tests.Fixtures;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

[Collection("torch")]
[KeptTensors]
public sealed class DeepLabGoldenTests
{
    [SkippableFact]
    public void Names_and_shapes_are_those_of_the_reference()
    {
        // A counter of batches, which nothing reads, is the one thing left out.
        Dictionary<string, long[]> expected = KeyList.Of(KeyList.DeepLab)
            .Where(key => !key.Key.EndsWith(".num_batches_tracked", StringComparison.Ordinal)).ToDictionary();
        using DeepLabNetwork network = Network();
        Dictionary<string, Tensor> actual = network.state_dict();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, key => Assert.Equal(key.Value, actual[key.Key].shape));
    }

    [SkippableFact]
    public void Evaluation_agrees_stage_by_stage()
    {
        var golden = new GoldenSet("students/net_deeplab_eval");
        using DeepLabNetwork network = FormulaWeights.Fill(Network());
        network.eval();
        using var guard = no_grad();
        Tensor image = Image(golden, "image");
        Tensor[] taps = network.Backbone.forward(image);
        AssertMap(golden, "layer3", taps[3]);
        AssertMap(golden, "layer4", taps[4]);
        foreach (int branch in new[] { 1, 3, 4 })
            AssertMap(golden, $"aspp_branch{branch}", network.Pyramid!.Branch(branch, taps[4]));
        AssertMap(golden, "aspp", network.Pyramid!.forward(taps[4]));
        AssertClose(golden.Read<float>("low_out"), network.Logits(taps[4]), 1e-4f);
        AssertClose(golden.Read<float>("low_aux"), network.AuxiliaryLogits(taps[3]), 1e-4f);

        (Tensor logits, Tensor? auxiliary) = network.forward(image);
        AssertClose(golden.Read<float>("out"), logits, 1e-4f);
        AssertClose(golden.Read<float>("aux"), auxiliary!, 1e-4f);
        byte[] classes = golden.Read<byte>("argmax");
        byte[] actual = logits.argmax(1).to(ScalarType.Byte).data<byte>().ToArray();
        Assert.InRange(classes.Zip(actual).Count(pair => pair.First != pair.Second), 0, 3);
    }

    [SkippableFact]
    public void Losses_and_gradients_agree()
    {
        var golden = new GoldenSet("students/net_deeplab_train");
        using DeepLabNetwork network = FormulaWeights.Fill(Network());
        // Recorded with batch norms and dropout in evaluation.
        network.eval();
        Tensor images = cat([Image(golden, "image_0"), Image(golden, "image_1")]);
        Tensor targets = tensor(golden.Read<byte>("target"), golden.Shape("target").Select(size => (long)size).ToArray()).to(ScalarType.Int64);
        DeepLabLosses losses = DeepLabTrainer.Backward(network, images, targets, auxiliaryWeight: 0.5);
        float[] expected = golden.Read<float>("losses");
        Assert.Equal(expected[0], losses.Main, 1e-4f * expected[0]);
        Assert.Equal(expected[1], losses.Auxiliary, 1e-4f * expected[1]);
        Assert.Equal(expected[2], losses.Main + 0.5f * losses.Auxiliary, 1e-4f * expected[2]);

        JsonElement norms = golden.Meta.GetProperty("grad_norm_and_sum_f64");
        Dictionary<string, Parameter> parameters = network.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        Assert.Equal(norms.EnumerateObject().Select(norm => norm.Name).Order(StringComparer.Ordinal), parameters.Keys.Order(StringComparer.Ordinal));
        foreach (JsonProperty norm in norms.EnumerateObject())
        {
            double length = norm.Value[0].GetDouble();
            Assert.Equal(length, parameters[norm.Name].grad!.norm().item<float>(), 2e-2 * length);
        }
        foreach (string array in golden.Names.Where(name => name.StartsWith("grad_", StringComparison.Ordinal)))
        {
            float[] slice = golden.Read<float>(array);
            string name = parameters.Keys.Single(name => array == $"grad_{name.Replace('.', '_')}");
            AssertClose(slice, parameters[name].grad!.flatten().narrow(0, 0, slice.Length), 2e-2f * slice.Max(Math.Abs));
        }
    }

    private static DeepLabNetwork Network() => new(new ResNetBackbone(DeepLabNetwork.Shape), classes: 3);

    private static Tensor Image(GoldenSet golden, string name)
    {
        (int height, int width) = (golden.Shape(name)[1], golden.Shape(name)[2]);
        byte[] planes = golden.Read<byte>(name), pixels = new byte[planes.Length];
        for (int i = 0; i < planes.Length; i++)
            pixels[i % (height * width) * 3 + i / (height * width)] = planes[i];
        return ImageTensor.Normalised(new RgbImage(height, width, pixels), CPU);
    }

    // The first eight rows and columns of four channels to 1e-4; sums of channels, of many cells, to a few thousandths.
    private static void AssertMap(GoldenSet golden, string name, Tensor map)
    {
        AssertClose(golden.Read<float>($"{name}_slice"), map.narrow(1, 0, 4).narrow(2, 0, 8).narrow(3, 0, 8), 1e-4f);
        Tensor wide = map.to(ScalarType.Float64);
        AssertSums(golden.Read<double>($"{name}_chansum_f64"), wide.sum([2L, 3L]));
        AssertSums(golden.Read<double>($"{name}_chansq_f64"), (wide * wide).sum([2L, 3L]));
    }

    private static void AssertSums(double[] expected, Tensor sums)
    {
        double[] actual = sums.data<double>().ToArray();
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 5e-3 + 1e-5 * Math.Abs(expected[i]));
    }

    private static void AssertClose(float[] expected, Tensor map, float tolerance)
    {
        float[] actual = map.contiguous().data<float>().ToArray();
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)), 0, tolerance);
    }
}
