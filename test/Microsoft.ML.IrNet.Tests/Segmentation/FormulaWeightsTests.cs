using System.Text.Json;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

public sealed class FormulaWeightsTests
{
    [Fact]
    public void A_name_is_hashed_and_mixed_as_recorded()
    {
        const string name = "backbone.body.conv1.weight";
        uint seed = FormulaWeights.Hash(name);
        Assert.Equal(1598278937u, seed);
        Assert.Equal([444017819u, 1986838184u, 1529599541u, 81621278u], Enumerable.Range(0, 4).Select(i => FormulaWeights.Mix(seed + (uint)i * 0x9E3779B9)));
        Assert.Equal([-0.16025830805301666f, -0.015113185159862041f], FormulaWeights.Values(name, [64, 3, 7, 7], _ => false)[..2]);
    }

    [SkippableTheory]
    [InlineData("deeplab", KeyList.DeepLab)]
    [InlineData("maskrcnn", KeyList.MaskRcnn)]
    public void Every_weight_of_a_network_is_as_recorded(string recorded, string network)
    {
        JsonElement sums = new GoldenSet("students/net_weights").Meta.GetProperty(recorded);
        IReadOnlyDictionary<string, long[]> keys = KeyList.Of(network);
        Assert.NotEmpty(keys);
        foreach ((string name, long[] shape) in keys.Where(key => !key.Key.EndsWith(".num_batches_tracked", StringComparison.Ordinal)))
        {
            float[] values = FormulaWeights.Values(name, shape, keys.ContainsKey);
            double[] expected = [.. sums.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
            double squares = values.Sum(value => (double)value * value);
            Assert.Equal(expected[2..], new double[] { values[0], values[1], values[^1] });
            Assert.Equal(expected[1], squares, 1e-9 * squares);
            Assert.Equal(expected[0], values.Sum(value => (double)value), 1e-6);
        }
    }
}
