using Microsoft.ML.IrNet.Tests.Fixtures;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

/// <summary>The names and shapes of the reference networks' weights.</summary>
internal static class KeyList
{
    public const string MaskRcnn = "maskrcnn_resnet50_fpn (num_classes 4, BatchNorm2d backbone)";
    public const string DeepLab = "deeplabv3_resnet50 (num_classes 4, aux_loss)";

    /// <summary>All of a network, in its own order; skips the test where the recordings are missing.</summary>
    public static IReadOnlyDictionary<string, long[]> Of(string network) =>
        JsonFile.Read(SharedFolder.Require("golden", "students", "keys.json")).GetProperty(network).EnumerateArray()
            .ToDictionary(entry => entry[0].GetString()!, entry => entry[1].EnumerateArray().Select(size => size.GetInt64()).ToArray());

    /// <summary>Holds a network's names and shapes against the reference's; a counter of batches, which nothing reads, is the one thing that may be left out.</summary>
    public static void AssertSame(string reference, torch.nn.Module network)
    {
        Dictionary<string, long[]> expected = Of(reference).Where(key => !key.Key.EndsWith(".num_batches_tracked", StringComparison.Ordinal)).ToDictionary();
        Dictionary<string, torch.Tensor> actual = network.state_dict();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, key => Assert.Equal(key.Value, actual[key.Key].shape));
    }
}
