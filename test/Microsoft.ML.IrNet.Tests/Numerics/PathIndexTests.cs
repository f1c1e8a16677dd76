using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Numerics;

public sealed class PathIndexTests
{
    [SkippableTheory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    public void Paths_and_their_order_are_the_recorded_ones(int radius)
    {
        var golden = new GoldenSet($"path_r{radius}");
        var index = new PathIndex(radius);
        Assert.Equal(golden.Read<int>("search_dst"), index.Directions.SelectMany(d => new[] { d.DeltaY, d.DeltaX }));
        int[] recorded = [.. golden.Names.Where(name => name.StartsWith("search_paths_group", StringComparison.Ordinal))
            .OrderBy(name => int.Parse(name["search_paths_group".Length..], null)).SelectMany(golden.Read<int>)];
        Assert.Equal(recorded, index.Directions.SelectMany(d => d.Path).SelectMany(point => new[] { point.Y, point.X }));
    }

    [Fact]
    public void Paths_to_the_left_mirror_those_to_the_right() =>
        Prop.ForAll(Gen.Choose(2, 14).ToArbitrary(), radius =>
        {
            var index = new PathIndex(radius);
            foreach (PathDirection direction in index.Directions.Where(d => d.DeltaY > 0))
            {
                PathDirection mirrored = index.Directions.Single(d => d.DeltaY == direction.DeltaY && d.DeltaX == -direction.DeltaX);
                Assert.Equal(direction.Path.Select(p => (p.Y, -p.X)).Order(), mirrored.Path.Order());
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Paths_lead_from_the_neighbour_to_the_origin() =>
        Prop.ForAll(Gen.Choose(2, 14).ToArbitrary(), radius =>
        {
            foreach (PathDirection direction in new PathIndex(radius).Directions)
            {
                Assert.Equal((direction.DeltaY, direction.DeltaX), direction.Path[0]);
                Assert.Equal((0, 0), direction.Path[^1]);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Radius_below_two_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("radius", () => new PathIndex(1));
}
