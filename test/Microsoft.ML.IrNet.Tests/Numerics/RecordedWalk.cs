using System.Text.Json;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Numerics;

/// <summary>A walk of the published code in float64.</summary>
internal sealed class RecordedWalk(GoldenSet golden, string name)
{
    private const double Tolerance = 2e-4;

    /// <summary>The walks that are kept with the tests.</summary>
    public static TheoryData<string> Names { get; } =
    [
        "tiny_12x14", "shapes_24x30", "random_21x25", "zero_16x18", "one_16x18", "wall_20x20", "beta8_t4_24x30", "r3_24x30", "t0_18x22", "smallerthanradius_3x4", "net_syn0",
    ];

    /// <summary>The walks of the whole golden set.</summary>
    public static TheoryData<string> LargerNames { get; } = ["shapes_40x33", "shapes_60x70", "net_rocket"];

    private readonly JsonElement _meta = golden.Meta.GetProperty(name);

    public int Count => golden.Shape($"{name}_x")[0];

    public int Rows => golden.Shape($"{name}_x")[1];

    public int Columns => golden.Shape($"{name}_x")[2];

    public float[] Boundary => golden.Read<float>($"{name}_edge");

    public float[] Maps => golden.Read<float>($"{name}_x");

    public RandomWalkOptions Options => new()
    {
        Radius = _meta.GetProperty("radius").GetInt32(),
        Beta = _meta.GetProperty("beta").GetDouble(),
        Exponent = _meta.GetProperty("exp_times").GetInt32(),
    };

    public void AssertNear(Func<RecordedWalk, float[]> walk)
    {
        float[] result = walk(this);
        double[] expected = golden.Read<double>($"{name}_out64_f64");
        Assert.Equal(expected.Length, result.Length);
        Assert.InRange(expected.Zip(result, (e, r) => Math.Abs(e - r)).Max(), 0, Tolerance);
    }
}
