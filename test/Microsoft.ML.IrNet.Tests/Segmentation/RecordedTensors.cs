using System.Text.Json;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

/// <summary>Holds tensors against the recordings of the reference networks.</summary>
internal static class RecordedTensors
{
    /// <summary>A photograph recorded as planes.</summary>
    public static RgbImage Image(GoldenSet golden, string name)
    {
        (int height, int width) = (golden.Shape(name)[1], golden.Shape(name)[2]);
        byte[] planes = golden.Read<byte>(name), pixels = new byte[planes.Length];
        for (int i = 0; i < planes.Length; i++)
            pixels[i % (height * width) * 3 + i / (height * width)] = planes[i];
        return new RgbImage(height, width, pixels);
    }

    /// <summary>The corner of the first channels to 1e-4; sums of channels, of many cells, to a few thousandths.</summary>
    public static void AssertMap(GoldenSet golden, string name, Tensor map)
    {
        int[] corner = golden.Shape($"{name}_slice");
        AssertClose(golden.Read<float>($"{name}_slice"), map.narrow(1, 0, corner[1]).narrow(2, 0, corner[2]).narrow(3, 0, corner[3]), 1e-4f);
        Tensor wide = map.to(ScalarType.Float64);
        AssertSums(golden.Read<double>($"{name}_chansum_f64"), wide.sum([2L, 3L]));
        AssertSums(golden.Read<double>($"{name}_chansq_f64"), (wide * wide).sum([2L, 3L]));
    }

    /// <summary>No value differs by more than the tolerance.</summary>
    public static void AssertClose(float[] expected, Tensor map, float tolerance) => AssertClose(expected, map.contiguous().data<float>().ToArray(), tolerance);

    /// <summary>No value differs by more than the tolerance.</summary>
    public static void AssertClose(float[] expected, float[] actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual).Select(pair => Math.Abs(pair.First - pair.Second)).DefaultIfEmpty().Max(), 0, tolerance);
    }

    /// <summary>The norm of every parameter's gradient, and the first values of some, to a fiftieth.</summary>
    public static void AssertGradients(GoldenSet golden, nn.Module network)
    {
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

    private static void AssertSums(double[] expected, Tensor sums)
    {
        double[] actual = sums.data<double>().ToArray();
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 5e-3 + 1e-5 * Math.Abs(expected[i]));
    }
}
