using Microsoft.ML.IrNet.Estimators;
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

    /// <summary>Saves a labeller.</summary>
    /// <param name="path">The file, which is returned.</param>
    /// <param name="classes">What it knows.</param>
    /// <param name="tagThreshold">With 0 it finds every class in every photograph.</param>
    public static string SaveLabeller(string path, IReadOnlyList<string> classes, float tagThreshold = 0.5f)
    {
        using CamNetwork cam = Cam(classes.Count);
        using IrNetwork irNet = Ir();
        new LabellerModel(cam, irNet, classes, new LabellerOptions { Cam = new CamTransformerOptions { Maps = new CamOptions { Scales = [1] }, TagThreshold = tagThreshold } }).Save(path);
        return path;
    }

    public static Tensor Images(int count, int height, int width)
    {
        return tensor(Values(count * 3 * height * width, n => MathF.Sin(n * 0.37f) + MathF.Cos(n * 0.0113f)), [count, 3, height, width]);
    }

    private static T Fill<T>(T module) where T : nn.Module
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        int phase = 0;
        foreach ((string name, Tensor value) in module.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Concat(module.named_buffers()))
        {
            phase++;
            (float amplitude, float mean) = name.EndsWith("running_var", StringComparison.Ordinal) ? (0.3f, 1)
                : value.dim() > 1 ? (MathF.Sqrt(4f * value.shape[0] / value.numel()), 0)
                : name.EndsWith(".weight", StringComparison.Ordinal) ? (0.2f, 1)
                : (0.1f, 0f);
            value.copy_(tensor(Values((int)value.numel(), n => amplitude * MathF.Sin(n * 1.7f + phase) + mean), value.shape));
        }
        return module;
    }

    private static float[] Values(int count, Func<int, float> formula) => [.. Enumerable.Range(0, count).Select(formula)];
}
