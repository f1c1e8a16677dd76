using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Numerics;

public sealed class RandomWalkTests
{
    // Of two walks of equal input whose sums are taken in another order, for scores up to 1 and up to 512 steps: each is within half of it of the exact one.
    internal const double Rounding = 1.2e-4;

    [SkippableTheory]
    [MemberData(nameof(RecordedWalk.Names), MemberType = typeof(RecordedWalk))]
    public void Walk_is_near_the_recorded_float64_walk(string name) => Compare(new GoldenSet("rw"), name);

    [SkippableTheory]
    [MemberData(nameof(RecordedWalk.LargerNames), MemberType = typeof(RecordedWalk))]
    public void Larger_walk_is_near_the_recorded_float64_walk(string name) => Compare(new GoldenSet("rw", whole: true), name);

    [Fact]
    public void Walk_stays_between_zero_and_the_largest_score() =>
        Prop.ForAll(Cases(), c =>
        {
            float[] result = c.Walk();
            Assert.All(result, value => Assert.InRange(value, 0, c.Maps.Max()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Constant_map_without_boundaries_stays_constant() =>
        Prop.ForAll(Cases(), c =>
        {
            var open = c with { Boundary = new float[c.Boundary.Length], Maps = [.. Enumerable.Repeat(0.7f, c.Maps.Length)] };
            Assert.All(open.Walk(), value => Assert.Equal(0.7f, value, 2e-5f));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Walk_of_the_flipped_image_is_the_flipped_walk() =>
        Prop.ForAll(Cases(), c =>
        {
            var flipped = c with { Boundary = Flip(c.Boundary, c.Columns), Maps = Flip(c.Maps, c.Columns) };
            AssertNear(Flip(c.Walk(), c.Columns), flipped.Walk(), Rounding);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Walk_of_the_transposed_image_is_the_transposed_walk() =>
        Prop.ForAll(Cases(), c =>
        {
            var transposed = c with
            {
                Rows = c.Columns,
                Columns = c.Rows,
                Boundary = Transpose(c.Boundary, c.Rows, c.Columns),
                Maps = Transpose(c.Maps, c.Rows, c.Columns),
            };
            AssertNear(Transpose(c.Walk(), c.Rows, c.Columns), transposed.Walk(), Rounding);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Walk_is_linear_and_maps_walk_alone_whatever_their_number() =>
        Prop.ForAll(Cases(), Gen.Choose(1, 20).ToArbitrary(), (c, count) =>
        {
            int cells = c.Maps.Length;
            var maps = new float[count * cells];
            for (int map = 0; map < count; map++)
                for (int i = 0; i < cells; i++)
                    // Every fourth map is empty and left out of the walk.
                    maps[map * cells + i] = map % 4 == 3 ? 0 : c.Maps[i] * (map + 1);
            float[] result = new RandomWalk(c.Boundary, c.Rows, c.Columns, c.Options).Propagate(maps, count);
            float[] one = c.Walk();
            for (int map = 0; map < count; map++)
                AssertNear([.. one.Select(v => map % 4 == 3 ? 0 : v * (map + 1))], result.AsSpan(map * cells, cells).ToArray(), Rounding * (map + 1));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(9, 40)]
    [InlineData(150, 70)]
    public void Maps_get_the_same_bits_alone_and_with_others(int rows, int columns)
    {
        Case c = Case.Random(rows, columns, 1, 5, 8);
        var walk = new RandomWalk(c.Boundary, rows, columns, c.Options);
        float[] alone = walk.Propagate(c.Maps, 1);
        for (int count = 2; count <= 14; count++)
        {
            float[] result = walk.Propagate([.. Enumerable.Repeat(c.Maps, count).SelectMany(map => map)], count);
            for (int map = 0; map < count; map++)
                Assert.Equal(alone, result[(map * alone.Length)..((map + 1) * alone.Length)]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(190)]
    public void Bands_of_rows_meet_without_a_seam(int rows)
    {
        // Each row by itself, step by step, against bands that make several steps at a time.
        Case c = Case.Random(rows, 37, rows, 5, 8);
        var stencil = new WalkStencil(c.Boundary, rows, 37, c.Options);
        WalkStep[] Steps()
        {
            var random = new Random(3);
            var (current, previous, sum) = (new float[2 * stencil.StateLength], new float[2 * stencil.StateLength], new float[2 * stencil.StateLength]);
            for (int map = 0; map < 2; map++)
                for (int y = 0; y < rows; y++)
                    for (int x = 0; x < 37; x++)
                        current[map * stencil.StateLength + stencil.StateIndex(y) + x] = random.NextSingle();
            return [.. Enumerable.Range(0, 11).Select(k => k % 2 == 0 ? new WalkStep(current, previous, sum, 2, 0.1f) : new WalkStep(previous, current, sum, 2, 0))];
        }
        WalkStep[] expected = Steps(), actual = Steps();
        foreach (WalkStep step in expected)
            for (int y = 0; y < rows; y++)
                WalkSweep.RunRow(stencil, step, y, 2);
        WalkSweep.Run(stencil, actual, 2);
        Assert.Equal(expected[0].Sum, actual[0].Sum);
        Assert.Equal(expected[0].Current, actual[0].Current);
    }

    [Fact]
    public void Series_equals_steps_one_by_one()
    {
        foreach (int power in new[] { 1, 2, 3, 5, 16, 33, 256, 1024 })
            for (double x = -1; x <= 1; x += 0.01)
            {
                double[] coefficients = ChebyshevPower.Coefficients(power, 1e-9);
                double sum = coefficients.Select((c, k) => c * Math.Cos(k * Math.Acos(Math.Clamp(x, -1, 1)))).Sum();
                Assert.Equal(Math.Pow(x, power), sum, 2e-9);
            }
    }

    [Fact]
    public void Wall_lets_nothing_through()
    {
        var boundary = new float[9 * 20];
        var map = new float[9 * 20];
        for (int y = 0; y < 9; y++)
        {
            boundary[y * 20 + 10] = 1;
            map[y * 20 + 3] = 1;
        }
        float[] result = new RandomWalk(boundary, 9, 20, new RandomWalkOptions()).Propagate(map, 1);
        for (int y = 0; y < 9; y++)
        {
            Assert.True(result[y * 20 + 9] > 0.01f);
            Assert.Equal(0, result[y * 20 + 10]);
            Assert.Equal(0, result[y * 20 + 11]);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 1250)]
    [InlineData(1250, 1)]
    public void Thin_images_walk(int rows, int columns)
    {
        float[] map = [.. Enumerable.Repeat(1f, rows * columns)];
        float[] result = new RandomWalk(new float[map.Length], rows, columns, new RandomWalkOptions()).Propagate(map, 1);
        Assert.All(result, value => Assert.Equal(1, value, 2e-5f));
    }

    [Fact]
    public void No_maps_give_no_maps() =>
        Assert.Empty(new RandomWalk(new float[6], 2, 3, new RandomWalkOptions()).Propagate([], 0));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-0.1f)]
    [InlineData(float.PositiveInfinity)]
    public void Values_that_are_no_scores_are_refused(float value)
    {
        Assert.Throws<ArgumentException>("boundary", () => new RandomWalk([0, value], 1, 2, new RandomWalkOptions()));
        Assert.Throws<ArgumentException>("maps", () => new RandomWalk([0, 0], 1, 2, new RandomWalkOptions()).Propagate([0, value], 1));
    }

    [Fact]
    public void Wrong_sizes_and_options_are_refused()
    {
        Assert.Throws<ArgumentException>("boundary", () => new RandomWalk([0, 0, 0], 1, 2, new RandomWalkOptions()));
        Assert.Throws<ArgumentException>("maps", () => new RandomWalk([0, 0], 1, 2, new RandomWalkOptions()).Propagate([0], 1));
        Assert.Throws<OptionException>(() => new RandomWalk([0], 1, 1, new RandomWalkOptions { Radius = 1 }));
        Assert.Throws<OptionException>(() => new RandomWalk([0], 1, 1, new RandomWalkOptions { Beta = double.NaN }));
        Assert.Throws<OptionException>(() => new RandomWalk([0], 1, 1, new RandomWalkOptions { Exponent = -1 }));
    }

    private static void Compare(GoldenSet golden, string name) =>
        new RecordedWalk(golden, name).AssertNear(walk => new RandomWalk(walk.Boundary, walk.Rows, walk.Columns, walk.Options).Propagate(walk.Maps, walk.Count));

    internal static Arbitrary<Case> Cases() => (
        from rows in Gen.Choose(1, 22)
        from columns in Gen.Choose(1, 22)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from radius in Gen.Choose(2, 6)
        from exponent in Gen.Choose(0, 9)
        select Case.Random(rows, columns, seed, radius, exponent)).ToArbitrary();

    private static float[] Flip(float[] map, int columns) => [.. map.Chunk(columns).SelectMany(row => row.Reverse())];

    private static float[] Transpose(float[] map, int rows, int columns) =>
        [.. Enumerable.Range(0, map.Length).Select(i => map[i % rows * columns + i / rows])];

    internal static void AssertNear(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }

    public sealed record Case(int Rows, int Columns, float[] Boundary, float[] Maps, RandomWalkOptions Options)
    {
        public static Case Random(int rows, int columns, int seed, int radius, int exponent)
        {
            var random = new Random(seed);
            // Squared, so that there are open regions as well as walls.
            float[] boundary = [.. Enumerable.Range(0, rows * columns).Select(_ => MathF.Pow(random.NextSingle(), 3))];
            float[] maps = [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextSingle())];
            return new Case(rows, columns, boundary, maps, new RandomWalkOptions { Radius = radius, Exponent = exponent });
        }

        public float[] Walk() => new RandomWalk(Boundary, Rows, Columns, Options).Propagate(Maps, 1);
    }
}
