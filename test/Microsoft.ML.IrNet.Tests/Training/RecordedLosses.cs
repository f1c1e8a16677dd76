using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Training;

/// <summary>Losses and gradients of a batch as the published code has them.</summary>
internal sealed class RecordedLosses(string name)
{
    private const double Tolerance = 2e-5;

    private readonly GoldenSet _golden = new(name);

    public static TheoryData<string> Names { get; } =
        ["loss_r10_24x23", "loss_r10_32x40", "loss_r10_allignore", "loss_r10_nofg", "loss_r10_saturated", "loss_r10_ties_const_edge", "loss_r5_20x17"];

    public int Radius => _golden.Meta.GetProperty("radius").GetInt32();

    public int Batch => _golden.Shape("label")[0];

    public int Rows => _golden.Shape("label")[1];

    public int Columns => _golden.Shape("label")[2];

    public float[] Boundary => _golden.Read<float>("edge_logits");

    public float[] Displacement => _golden.Read<float>("dp");

    public byte[] Labels => _golden.Read<byte>("label");

    public void AssertSame(AffinityDisplacementLosses losses, float[] boundaryGradient, float[] displacementGradient)
    {
        Assert.Equal((long)_golden.Meta.GetProperty("n_bg").GetDouble(), losses.BackgroundPairs);
        Assert.Equal((long)_golden.Meta.GetProperty("n_fg").GetDouble(), losses.ForegroundPairs);
        Assert.Equal((long)_golden.Meta.GetProperty("n_neg").GetDouble(), losses.NegativePairs);
        AssertClose("bg_pos_aff", losses.BackgroundAffinity);
        AssertClose("fg_pos_aff", losses.ForegroundAffinity);
        AssertClose("pos_aff", losses.PositiveAffinity);
        AssertClose("neg_aff", losses.NegativeAffinity);
        AssertClose("dp_fg", losses.DisplacementForeground);
        AssertClose("dp_bg", losses.DisplacementBackground);
        AssertClose("total", losses.Total);
        AssertGradient("grad_edge_logits", boundaryGradient);
        AssertGradient("grad_dp", displacementGradient);
    }

    private void AssertClose(string key, double actual)
    {
        double expected = _golden.Meta.GetProperty(key).GetDouble();
        Assert.True(Math.Abs(expected - actual) <= Tolerance * Math.Abs(expected) + 1e-9, $"{key}: {actual} instead of {expected}");
    }

    private void AssertGradient(string key, float[] actual)
    {
        float[] expected = _golden.Read<float>(key);
        double largest = expected.Max(Math.Abs);
        double error = expected.Zip(actual, (e, a) => Math.Abs((double)e - a)).Max();
        Assert.True(error <= Tolerance * largest, $"{key}: off by {error} where the largest is {largest}");
    }
}
