using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

/// <summary>Weights that follow from the names they have in PyTorch, as the recorded networks have them (section 3 of the recordings' README).</summary>
internal static class FormulaWeights
{
    // The first that is part of a weight's name says what the square of its gain is; 2 for all others. DeepLab has none of these names.
    private static readonly (string Part, double SquaredGain)[] _gains =
    [
        ("fpn.", 0.25), ("rpn.head.cls_logits", 2), ("rpn.head.bbox_pred", 0.125), ("box_predictor.cls_score", 4), ("box_predictor.bbox_pred", 1), ("mask_fcn_logits", 2),
    ];

    private static readonly Dictionary<string, float[]> _given = new()
    {
        ["roi_heads.box_predictor.cls_score.bias"] = [6.5f, -2.75f, 2.5f, -1.5f],
        ["classifier.4.bias"] = [-6.5f, -0.75f, 1, 2.25f],
        ["aux_classifier.4.bias"] = [2, 4.5f, -3.75f, -3],
    };

    /// <summary>Fills all parameters and buffers of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rename">PyTorch's name for a name of the network; the same where null.</param>
    public static T Fill<T>(T network, Func<string, string>? rename = null) where T : nn.Module
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> state = network.state_dict().ToDictionary(entry => rename?.Invoke(entry.Key) ?? entry.Key, entry => entry.Value);
        foreach ((string name, Tensor value) in state)
            value.copy_(tensor(Values(name, value.shape, state.ContainsKey), value.shape));
        return network;
    }

    /// <summary>The values of one weight, row-major.</summary>
    /// <param name="name">Its name in PyTorch.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="exists">Whether the network has a weight of a name.</param>
    public static float[] Values(string name, long[] shape, Func<string, bool> exists)
    {
        if (name.EndsWith(".num_batches_tracked", StringComparison.Ordinal))
            return [0];
        if (_given.TryGetValue(name, out float[]? given))
            return given;
        (double amplitude, double mean) = Range(name, shape, exists);
        uint seed = Hash(name);
        var values = new float[shape.Aggregate(1L, (count, size) => count * size)];
        Parallel.For(0, (values.Length + 65535) / 65536, block =>
        {
            for (int i = block * 65536; i < Math.Min(values.Length, (block + 1) * 65536); i++)
                values[i] = (float)(mean + Uniform(Mix(seed + (uint)i * 0x9E3779B9)) * amplitude);
        });
        return values;
    }

    /// <summary>FNV-1a of 32 bits.</summary>
    public static uint Hash(string name) => Encoding.UTF8.GetBytes(name).Aggregate(2166136261u, (hash, value) => (hash ^ value) * 16777619);

    /// <summary>Spreads neighbouring numbers over all of 32 bits.</summary>
    public static uint Mix(uint x)
    {
        x ^= x >> 16;
        x *= 0x7feb352d;
        x ^= x >> 15;
        x *= 0x846ca68b;
        return x ^ (x >> 16);
    }

    private static double Uniform(uint mixed) => (mixed >> 8) / 8388608.0 - 1;

    private static (double Amplitude, double Mean) Range(string name, long[] shape, Func<string, bool> exists)
    {
        int dot = name.LastIndexOf('.');
        (string prefix, string kind) = (name[..dot], name[(dot + 1)..]);
        if (exists(prefix + ".running_var"))
            return kind switch
            {
                "running_var" => (0.5, 1),
                "weight" => prefix.EndsWith("bn3", StringComparison.Ordinal) ? (0.125, 0.25) : (0.25, 1),
                _ => (0.125, 0),
            };
        if (shape.Length == 1)
            return (1 / 16.0, 0);
        long fan = name == "roi_heads.mask_predictor.conv5_mask.weight" ? shape[0] : shape.Skip(1).Aggregate((all, size) => all * size);
        double squaredGain = _gains.Where(gain => name.Contains(gain.Part, StringComparison.Ordinal)).Select(gain => gain.SquaredGain).FirstOrDefault(2);
        return (Math.Sqrt(3 * squaredGain / fan), 0);
    }
}
