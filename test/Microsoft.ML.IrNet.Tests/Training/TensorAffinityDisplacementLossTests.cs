using Microsoft.ML.IrNet.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Training;

/// <summary>The form for GPUs, on the CPU.</summary>
[Collection("torch")]
public class TensorAffinityDisplacementLossTests
{
    [Theory]
    [MemberData(nameof(RecordedLosses.Names), MemberType = typeof(RecordedLosses))]
    public void Losses_and_gradients_are_the_published_ones(string name)
    {
        var golden = new RecordedLosses(name);
        LossGradients result = Compute(golden.Radius, golden.Boundary, golden.Displacement, golden.Labels, golden.Batch, golden.Rows, golden.Columns);
        golden.AssertSame(result.Losses, Values(result.Boundary), Values(result.Displacement));
    }

    [Theory]
    // The last is of more pairs than fit into the memory at once.
    [InlineData(2, 2, 3, 4)]
    [InlineData(3, 4, 11, 13)]
    [InlineData(1, 6, 20, 24)]
    [InlineData(10, 10, 64, 64)]
    public void Both_forms_agree(int batch, int radius, int rows, int columns)
    {
        var random = new Random(batch + columns);
        int cells = rows * columns;
        float[] boundary = [.. Enumerable.Range(0, batch * cells).Select(_ => (float)(8 * random.NextDouble() - 4))];
        float[] displacement = [.. Enumerable.Range(0, 2 * batch * cells).Select(_ => (float)(8 * random.NextDouble() - 4))];
        byte[] labels = [.. Enumerable.Range(0, batch * cells).Select(i => random.Next(7) == 0 ? (byte)255 : (byte)(i % columns / 7 % 3))];
        AffinityDisplacementResult expected = new AffinityDisplacementLoss(radius).Compute(boundary, displacement, labels, batch, rows, columns);
        LossGradients actual = Compute(radius, boundary, displacement, labels, batch, rows, columns);

        Assert.Equal(expected.BackgroundPairs, actual.Losses.BackgroundPairs);
        Assert.Equal(expected.ForegroundPairs, actual.Losses.ForegroundPairs);
        Assert.Equal(expected.NegativePairs, actual.Losses.NegativePairs);
        Assert.Equal(expected.BackgroundAffinity, actual.Losses.BackgroundAffinity, 1e-5);
        Assert.Equal(expected.ForegroundAffinity, actual.Losses.ForegroundAffinity, 1e-5);
        Assert.Equal(expected.NegativeAffinity, actual.Losses.NegativeAffinity, 1e-5);
        Assert.Equal(expected.DisplacementBackground, actual.Losses.DisplacementBackground, 1e-5);
        Assert.Equal(expected.DisplacementForeground, actual.Losses.DisplacementForeground, 1e-5);
        AssertNear(expected.BoundaryGradient, Values(actual.Boundary));
        AssertNear(expected.DisplacementGradient, Values(actual.Displacement));

        static void AssertNear(float[] expected, float[] actual)
        {
            double tolerance = 1e-5 * expected.Max(Math.Abs);
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    [Fact]
    public void A_value_that_is_no_number_shows_in_the_total_where_it_counts()
    {
        (float[] boundary, float[] displacement, byte[] labels) = AffinityDisplacementLossTests.Example(seed: 6);
        (boundary[70], labels[71]) = (float.NaN, 255);
        Assert.True(double.IsNaN(Compute(4, boundary, displacement, labels, 2, 11, 13).Losses.Total));
        (boundary[70], displacement[71]) = (0, float.NaN);
        Assert.True(double.IsFinite(Compute(4, boundary, displacement, labels, 2, 11, 13).Losses.Total));
        labels[71] = 0;
        Assert.True(double.IsNaN(Compute(4, boundary, displacement, labels, 2, 11, 13).Losses.Total));
    }

    [Fact]
    public void Tensors_do_not_pile_up()
    {
        (float[] boundary, float[] displacement, byte[] labels) = AffinityDisplacementLossTests.Example(seed: 7);
        using Tensor logits = tensor(boundary, [2, 1, 11, 13]), field = tensor(displacement, [2, 2, 11, 13]);
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        LossGradients result = new TensorAffinityDisplacementLoss(4).Compute(logits, field, labels);
        result.Boundary.Dispose();
        result.Displacement.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Maps_without_pairs_are_refused()
    {
        Assert.Throws<ArgumentException>("columns", () => Compute(10, new float[20 * 18], new float[2 * 20 * 18], new byte[20 * 18], 1, 20, 18));
        Assert.Throws<ArgumentException>("labels", () => Compute(10, new float[400], new float[800], new byte[399], 1, 20, 20));
        Assert.Throws<ArgumentOutOfRangeException>("radius", () => new TensorAffinityDisplacementLoss(1));
    }

    private static LossGradients Compute(int radius, float[] boundary, float[] displacement, byte[] labels, int batch, int rows, int columns) =>
        new TensorAffinityDisplacementLoss(radius).Compute(tensor(boundary, [batch, 1, rows, columns]), tensor(displacement, [batch, 2, rows, columns]), labels);

    private static float[] Values(Tensor gradient) => gradient.data<float>().ToArray();
}
