using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Numerics;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Labelling;

/// <summary>The form for GPUs, on the CPU.</summary>
[Collection("torch")]
public sealed class TensorRandomWalkTests
{
    [SkippableTheory]
    [MemberData(nameof(RecordedWalk.Names), MemberType = typeof(RecordedWalk))]
    public void Walk_is_near_the_recorded_float64_walk(string name) => Compare(new GoldenSet("rw"), name);

    [SkippableTheory]
    [MemberData(nameof(RecordedWalk.LargerNames), MemberType = typeof(RecordedWalk))]
    public void Larger_walk_is_near_the_recorded_float64_walk(string name) => Compare(new GoldenSet("rw", whole: true), name);

    [Fact]
    public void Both_forms_agree_whatever_the_number_of_maps() =>
        Prop.ForAll(RandomWalkTests.Cases(), Gen.Choose(1, 5).ToArbitrary(), (c, count) =>
        {
            // Every third map is empty and left out of the walk.
            float[] maps = [.. Enumerable.Range(0, count).SelectMany(map => c.Maps.Select(value => map % 3 == 2 ? 0 : value))];
            float[] expected = new RandomWalk(c.Boundary, c.Rows, c.Columns, c.Options).Propagate(maps, count);
            float[] actual = Walk(c.Boundary, c.Rows, c.Columns, c.Options, maps, count);
            RandomWalkTests.AssertNear(expected, actual, RandomWalkTests.Rounding);
            Assert.All(actual, value => Assert.InRange(value, 0, maps.Max()));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(25 * 6 * 7)]
    [InlineData(3 * 81 * 6 * 7)]
    public void Little_memory_changes_nothing(long workingValues)
    {
        RandomWalkTests.Case c = RandomWalkTests.Case.Random(6, 7, seed: 3, radius: 5, exponent: 6);
        float[] maps = [.. Enumerable.Range(0, 5).SelectMany(_ => c.Maps)];
        using var walk = new TensorRandomWalk(c.Boundary, c.Rows, c.Columns, c.Options, torch.CPU, workingValues);
        RandomWalkTests.AssertNear(Walk(c.Boundary, c.Rows, c.Columns, c.Options, maps, 5), walk.Propagate(maps, 5), RandomWalkTests.Rounding);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 1250)]
    [InlineData(1250, 1)]
    public void Thin_images_walk(int rows, int columns)
    {
        float[] map = [.. Enumerable.Repeat(1f, rows * columns)];
        Assert.All(Walk(new float[map.Length], rows, columns, new RandomWalkOptions(), map, 1), value => Assert.Equal(1, value, 2e-5f));
    }

    [Fact]
    public void No_maps_give_no_maps() => Assert.Empty(Walk(new float[6], 2, 3, new RandomWalkOptions(), [], 0));

    [Fact]
    public void Tensors_do_not_pile_up()
    {
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        using (var walk = new TensorRandomWalk(new float[90], 9, 10, new RandomWalkOptions(), torch.CPU))
        {
            long prepared = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
            walk.Propagate([.. Enumerable.Repeat(1f, 180)], 2);
            Assert.Equal(prepared, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-0.1f)]
    [InlineData(float.PositiveInfinity)]
    public void Values_that_are_no_scores_are_refused(float value)
    {
        Assert.Throws<ArgumentException>("boundary", () => Walk([0, value], 1, 2, new RandomWalkOptions(), [0, 0], 1));
        Assert.Throws<ArgumentException>("maps", () => Walk([0, 0], 1, 2, new RandomWalkOptions(), [0, value], 1));
    }

    [Fact]
    public void Wrong_sizes_and_options_are_refused()
    {
        Assert.Throws<ArgumentException>("boundary", () => Walk([0, 0, 0], 1, 2, new RandomWalkOptions(), [0, 0], 1));
        Assert.Throws<ArgumentException>("boundary", () => Walk(new float[400 * 400], 400, 400, new RandomWalkOptions { Radius = 64 }, [], 0));
        Assert.Throws<ArgumentException>("maps", () => Walk([0, 0], 1, 2, new RandomWalkOptions(), [0], 1));
        Assert.Throws<OptionException>(() => Walk([0], 1, 1, new RandomWalkOptions { Radius = 1 }, [0], 1));
        Assert.Throws<OptionException>(() => Walk([0], 1, 1, new RandomWalkOptions { Beta = double.NaN }, [0], 1));
        Assert.Throws<OptionException>(() => Walk([0], 1, 1, new RandomWalkOptions { Exponent = -1 }, [0], 1));
    }

    private static void Compare(GoldenSet golden, string name) =>
        new RecordedWalk(golden, name).AssertNear(walk => Walk(walk.Boundary, walk.Rows, walk.Columns, walk.Options, walk.Maps, walk.Count));

    private static float[] Walk(float[] boundary, int rows, int columns, RandomWalkOptions options, float[] maps, int count)
    {
        using var walk = new TensorRandomWalk(boundary, rows, columns, options, torch.CPU);
        return walk.Propagate(maps, count);
    }
}
