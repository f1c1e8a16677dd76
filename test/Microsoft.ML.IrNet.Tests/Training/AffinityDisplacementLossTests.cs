using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Training;

public class AffinityDisplacementLossTests
{
    [Theory]
    [MemberData(nameof(RecordedLosses.Names), MemberType = typeof(RecordedLosses))]
    public void Losses_and_gradients_are_the_published_ones(string name)
    {
        var golden = new RecordedLosses(name);
        AffinityDisplacementResult result = new AffinityDisplacementLoss(golden.Radius).Compute(
            golden.Boundary, golden.Displacement, golden.Labels, golden.Batch, golden.Rows, golden.Columns);
        golden.AssertSame(result, result.BoundaryGradient, result.DisplacementGradient);
    }

    [Fact]
    public void Displacement_gradient_is_the_loss_slope()
    {
        (float[] boundary, float[] displacement, byte[] labels) = Example(seed: 3);
        var loss = new AffinityDisplacementLoss(4);
        AffinityDisplacementResult result = loss.Compute(boundary, displacement, labels, 2, 11, 13);
        foreach (int cell in new[] { 5, 60, 143, 200, 400 })
        {
            const float step = 1e-3f;
            float[] moved = [.. displacement];
            moved[cell] += step;
            double slope = (loss.Compute(boundary, moved, labels, 2, 11, 13).Total - result.Total) / step;
            Assert.Equal(slope, result.DisplacementGradient[cell], 2e-3);
        }
    }

    [Fact]
    public void Boundary_gradient_is_the_loss_slope()
    {
        (float[] boundary, float[] displacement, byte[] labels) = Example(seed: 4);
        var loss = new AffinityDisplacementLoss(4);
        AffinityDisplacementResult result = loss.Compute(boundary, displacement, labels, 2, 11, 13);
        foreach (int cell in new[] { 5, 60, 143, 200, 280 })
        {
            const float step = 1e-3f;
            float[] moved = [.. boundary];
            moved[cell] += step;
            double slope = (loss.Compute(moved, displacement, labels, 2, 11, 13).Total - result.Total) / step;
            Assert.Equal(slope, result.BoundaryGradient[cell], 2e-3);
        }
    }

    [Fact]
    public void Result_is_the_same_each_time_to_the_last_bit()
    {
        (float[] boundary, float[] displacement, byte[] labels) = Example(seed: 5);
        var loss = new AffinityDisplacementLoss(4);
        AffinityDisplacementResult first = loss.Compute(boundary, displacement, labels, 2, 11, 13);
        for (int i = 0; i < 20; i++)
        {
            AffinityDisplacementResult again = loss.Compute(boundary, displacement, labels, 2, 11, 13);
            Assert.Equal(first.Total, again.Total);
            Assert.Equal(first.BoundaryGradient, again.BoundaryGradient);
            Assert.Equal(first.DisplacementGradient, again.DisplacementGradient);
        }
    }

    [Fact]
    public void A_logit_that_is_no_number_shows_in_the_total()
    {
        (float[] boundary, float[] displacement, byte[] labels) = Example(seed: 6);
        boundary[70] = float.NaN;
        Assert.True(double.IsNaN(new AffinityDisplacementLoss(4).Compute(boundary, displacement, labels, 2, 11, 13).Total));
    }

    [Fact]
    public void Maps_without_pairs_are_refused()
    {
        var loss = new AffinityDisplacementLoss(10);
        Assert.Throws<ArgumentException>("columns", () => loss.Compute(new float[20 * 18], new float[2 * 20 * 18], new byte[20 * 18], 1, 20, 18));
        Assert.Throws<ArgumentException>("labels", () => loss.Compute(new float[400], new float[800], new byte[399], 1, 20, 20));
        Assert.Throws<ArgumentOutOfRangeException>("radius", () => new AffinityDisplacementLoss(1));
    }

    /// <summary>Two images of 11 x 13 cells.</summary>
    internal static (float[] Boundary, float[] Displacement, byte[] Labels) Example(int seed)
    {
        var random = new Random(seed);
        return (
            [.. Enumerable.Range(0, 2 * 143).Select(_ => (float)(4 * random.NextDouble() - 2))],
            [.. Enumerable.Range(0, 4 * 143).Select(_ => (float)(4 * random.NextDouble() - 2))],
            [.. Enumerable.Range(0, 2 * 143).Select(i => random.Next(5) == 0 ? LabelMap.Void : (byte)(i % 13 / 5))]);
    }
}
