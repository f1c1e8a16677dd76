using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Numerics;

public sealed class ConnectedComponentsTests
{
    [SkippableFact]
    public void Regions_are_numbered_as_recorded()
    {
        var golden = new GoldenSet("detect");
        int[] shape = golden.Shape("cc_in");
        var labels = new int[shape[0] * shape[1]];
        int count = ConnectedComponents.Label<byte>(golden.Read<byte>("cc_in"), shape[0], shape[1], labels);
        Assert.Equal(golden.Read<int>("cc_out"), labels);
        Assert.Equal(labels.Max(), count);
    }

    [Fact]
    public void Cells_of_different_value_are_not_connected()
    {
        var labels = new int[6];
        Assert.Equal(4, ConnectedComponents.Label<int>([7, 7, 9, 0, 9, 7], 2, 3, labels));
        Assert.Equal([1, 1, 2, 0, 3, 4], labels);
    }

    [Fact]
    public void Spiral_is_one_region()
    {
        byte[] spiral =
        [
            1, 1, 1, 1, 1,
            0, 0, 0, 0, 1,
            1, 1, 1, 0, 1,
            1, 0, 0, 0, 1,
            1, 1, 1, 1, 1,
        ];
        var labels = new int[25];
        Assert.Equal(1, ConnectedComponents.Label<byte>(spiral, 5, 5, labels));
        Assert.Equal(spiral.Select(value => (int)value), labels);
    }

    [Fact]
    public void Flipping_keeps_the_number_of_regions() =>
        Prop.ForAll(Maps(), map =>
        {
            var labels = new int[map.Values.Length];
            byte[] flipped = [.. map.Values.Chunk(map.Width).SelectMany(row => row.Reverse())];
            byte[] turned = [.. map.Values.Reverse()];
            int count = ConnectedComponents.Label<byte>(map.Values, map.Height, map.Width, labels);
            Assert.Equal(count, ConnectedComponents.Label<byte>(flipped, map.Height, map.Width, labels));
            Assert.Equal(count, ConnectedComponents.Label<byte>(turned, map.Height, map.Width, labels));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Numbers_are_those_of_a_flood_fill() =>
        Prop.ForAll(Maps(), map =>
        {
            var labels = new int[map.Values.Length];
            ConnectedComponents.Label<byte>(map.Values, map.Height, map.Width, labels);
            Assert.Equal(FloodFill(map), labels);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        Assert.Throws<ArgumentException>("map", () => ConnectedComponents.Label<byte>([1, 2, 3], 2, 2, new int[4]));
        Assert.Throws<ArgumentException>("labels", () => ConnectedComponents.Label<byte>([1, 2, 3, 4], 2, 2, new int[3]));
    }

    private static Arbitrary<Map> Maps() => (
        from height in Gen.Choose(1, 14)
        from width in Gen.Choose(1, 14)
        from values in Gen.Elements<byte>(0, 1, 1, 2).ArrayOf(height * width)
        select new Map(height, width, values)).ToArbitrary();

    private static int[] FloodFill(Map map)
    {
        var labels = new int[map.Values.Length];
        int count = 0;
        for (int start = 0; start < labels.Length; start++)
        {
            if (map.Values[start] == 0 || labels[start] != 0)
                continue;
            var open = new Stack<int>([start]);
            labels[start] = ++count;
            while (open.TryPop(out int cell))
            {
                var (y, x) = Math.DivRem(cell, map.Width);
                foreach (var (ny, nx) in new[] { (y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1) })
                {
                    if (ny < 0 || ny >= map.Height || nx < 0 || nx >= map.Width)
                        continue;
                    int next = ny * map.Width + nx;
                    if (labels[next] == 0 && map.Values[next] == map.Values[start])
                    {
                        labels[next] = count;
                        open.Push(next);
                    }
                }
            }
        }
        return labels;
    }

    public sealed record Map(int Height, int Width, byte[] Values);
}
