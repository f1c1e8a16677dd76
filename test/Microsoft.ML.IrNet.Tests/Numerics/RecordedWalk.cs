using System.Text.Json;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Numerics;

/// <summary>A walk of the published code in float64.</summary>
internal sealed class RecordedWalk(GoldenSet golden, string name)
{
    private const double Tolerance = 2e-4;

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
