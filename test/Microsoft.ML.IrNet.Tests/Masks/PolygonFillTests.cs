using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tests.Masks;

public class PolygonFillTests
{
    private static readonly Gen<double> Coordinates = Gen.OneOf(
        Gen.Choose(-20, 60).Select(whole => whole / 2.0), Gen.Choose(-2000, 5000).Select(part => part / 100.0), Gen.Choose(-3000, 3000).Select(far => (double)far));

    private static readonly Arbitrary<double[]> Polygons = (
        from points in Gen.Choose(3, 9)
        from coordinates in Coordinates.ArrayOf(2 * points)
        select coordinates).ToArbitrary();

    [Fact]
    public void Only_looking_at_the_steps_that_matter_changes_nothing() => Prop.ForAll(Polygons, polygon =>
        Assert.Equal(PolygonWalk.Fill(19, 23, polygon), RunLengthMask.FromPolygons(19, 23, [polygon]).ToRowMajor()))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void A_polygon_that_reaches_far_takes_no_longer_than_a_near_one()
    {
        // Walked step by step, each of its edges takes 10 million: half a minute in all.
        double[] far = [.. Enumerable.Range(0, 1000).SelectMany(i => i % 2 == 0 ? new[] { -1e6, -1e6 + i } : new[] { 1e6 - i, 1e6 })];
        var watch = System.Diagnostics.Stopwatch.StartNew();
        RunLengthMask.FromPolygons(40, 50, [far]);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{watch.Elapsed}");
    }

    [Fact]
    public void An_outline_with_more_crossings_than_memory_is_taken_for_is_refused()
    {
        double[] dense = [.. Enumerable.Range(0, 60_000).SelectMany(i => new[] { i % 2 == 0 ? 0.0 : 20_000, i % 7 })];
        Assert.Contains("crosses columns", Assert.Throws<DataSetException>(() => RunLengthMask.FromPolygons(8, 20_000, [dense])).Message, StringComparison.Ordinal);
    }
}
