using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Networks;

/// <summary>The networks that the recorded maps come from: ImageNet weights in torchvision's layout under recorded heads. Skips where the shared folder is missing.</summary>
internal static class RecordedNetworks
{
    public static CamNetwork Cam()
    {
        var network = new CamNetwork(new ResNetBackbone(), 20);
        LoadBackbone(network.Backbone);
        LoadHead(network, "cam_head.safetensors", CamNetwork.OfficialName, 1);
        network.eval();
        return network;
    }

    public static IrNetwork Ir()
    {
        var network = new IrNetwork(new ResNetBackbone());
        LoadBackbone(network.Backbone);
        LoadHead(network, "irn_head.safetensors", IrNetwork.OfficialName, 40);
        network.eval();
        return network;
    }

    public static RgbImage Image(string name)
    {
        var images = new GoldenSet("images");
        int[] shape = images.Shape(name);
        return new RgbImage(shape[0], shape[1], images.Read<byte>(name));
    }

    /// <summary>Asserts that each of the stacked maps is within a share of its own largest absolute value.</summary>
    public static void AssertClose(GoldenSet golden, string array, float[] actual, double share = 1e-3)
    {
        float[] expected = golden.Read<float>(array);
        int[] shape = golden.Shape(array);
        int cells = shape[^1] * shape[^2];
        Assert.Equal(expected.Length, actual.Length);
        for (int map = 0; map < expected.Length / cells; map++)
        {
            ReadOnlySpan<float> wanted = expected.AsSpan(map * cells, cells), got = actual.AsSpan(map * cells, cells);
            float largest = 0, difference = 0;
            for (int i = 0; i < cells; i++)
            {
                largest = Math.Max(largest, Math.Abs(wanted[i]));
                difference = Math.Max(difference, Math.Abs(wanted[i] - got[i]));
            }
            Assert.True(difference <= share * largest, $"{array}, map {map}: off by {difference} of {largest}.");
        }
    }

    private static void LoadBackbone(Backbone backbone)
    {
        string path = SharedFolder.Require("weights", "resnet50-imagenet.fp16.safetensors");
        WeightReport report = ModuleWeights.Load(backbone, WeightFile.Read(path));
        report.RequireComplete(path);
        Assert.Equal(["fc.bias", "fc.weight"], report.Unexpected.Order());
    }

    private static void LoadHead(torch.nn.Module network, string file, Func<string, string?> rename, int weights)
    {
        WeightReport report = ModuleWeights.Load(network, WeightFile.Read(SharedFolder.Require("golden", "weights", file)), rename);
        Assert.Equal(weights, report.Loaded.Count);
        Assert.Empty(report.Unexpected);
        Assert.All(report.Missing, name => Assert.StartsWith("backbone.", name, StringComparison.Ordinal));
    }
}
