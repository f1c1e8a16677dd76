using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Networks;

/// <summary>Small networks whose weights come from a formula, so that no test depends on a random generator.</summary>
internal static class TinyNetworks
{
    public static readonly ResNetOptions Shape = new() { Depth = ResNetDepth.ResNet50, BaseWidth = 4 };

    public static ResNetBackbone Backbone(ResNetOptions? shape = null) => Fill(new ResNetBackbone(shape ?? Shape));

    public static CamNetwork Cam(int classes = 3, int frozenStages = 3) => Fill(new CamNetwork(new ResNetBackbone(Shape), classes, frozenStages));

    public static IrNetwork Ir() => Fill(new IrNetwork(new ResNetBackbone(Shape)));

    public static Tensor Images(int count, int height, int width)
    {
        using var scope = NewDisposeScope();
        Tensor ramp = arange(0, (long)count * 3 * height * width, ScalarType.Float32);
        return (ramp * 0.37f).sin().add_((ramp * 0.0113f).cos()).view(count, 3, height, width).MoveToOuterDisposeScope();
    }

    private static T Fill<T>(T module) where T : nn.Module
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        int phase = 0;
        foreach ((string name, Tensor value) in module.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Concat(module.named_buffers()))
        {
            Tensor wave = (arange(0, value.numel(), ScalarType.Float32) * 1.7f + ++phase).sin().view(value.shape);
            Tensor filled = name.EndsWith("running_var", StringComparison.Ordinal) ? wave * 0.3f + 1
                : value.dim() > 1 ? wave * (float)Math.Sqrt(4.0 / (value.numel() / value.shape[0]))
                : name.EndsWith(".weight", StringComparison.Ordinal) ? wave * 0.2f + 1
                : wave * 0.1f;
            value.copy_(filled);
        }
        return module;
    }
}
