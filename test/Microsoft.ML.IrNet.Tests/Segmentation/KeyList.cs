using Microsoft.ML.IrNet.Tests.Fixtures;

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
}
