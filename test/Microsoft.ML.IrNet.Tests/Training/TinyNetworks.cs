using Microsoft.ML.IrNet.Networks;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Training;

/// <summary>Networks small enough to train in a test.</summary>
internal static class TinyNetworks
{
    public static CamNetwork Cam(int classes = 2, int frozenStages = 0, Normalisation normalisation = Normalisation.FrozenBatchNorm)
    {
        torch.random.manual_seed(7);
        return new CamNetwork(Backbone(normalisation), classes, frozenStages);
    }

    public static IrNetwork IrNet()
    {
        torch.random.manual_seed(7);
        return new IrNetwork(Backbone(Normalisation.FrozenBatchNorm));
    }

    /// <summary>All parameters and buffers one after the other.</summary>
    public static byte[] Bytes(torch.nn.Module network)
    {
        using var scope = torch.NewDisposeScope();
        return [.. network.state_dict().Values.SelectMany(tensor => tensor.cpu().bytes.ToArray())];
    }

    private static ResNetBackbone Backbone(Normalisation normalisation) =>
        new(new ResNetOptions { Depth = ResNetDepth.ResNet18, BaseWidth = 4, Normalisation = normalisation });
}
