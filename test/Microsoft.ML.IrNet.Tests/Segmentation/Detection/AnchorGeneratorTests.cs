using System.Text.Json;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Segmentation.Detection;

public sealed class AnchorGeneratorTests
{
    [SkippableFact]
    public void Grids_are_those_recorded()
    {
        var golden = new GoldenSet("students/ops_anchors");
        foreach (JsonElement entry in golden.Meta.GetProperty("cases").EnumerateArray())
        {
            (int height, int width) = Size(entry.GetProperty("image_hw"));
            Assert.Equal(golden.Boxes(entry.GetProperty("name").GetString()!), AnchorGenerator.Standard.All(Maps(entry), height, width));
        }
    }

    [SkippableFact]
    public void A_large_grid_is_that_recorded()
    {
        var golden = new GoldenSet("students/ops_anchors");
        JsonElement big = golden.Meta.GetProperty("big");
        BoundingBox[] anchors = AnchorGenerator.Standard.All(Maps(big), 800, 1088);
        Assert.Equal(big.GetProperty("count").GetInt32(), anchors.Length);
        Assert.Equal(golden.Boxes("big_rows"), golden.Whole("big_rows_idx").Select(i => anchors[i]));
        double[] sums =
            [anchors.Sum(box => (double)box.X0), anchors.Sum(box => (double)box.Y0), anchors.Sum(box => (double)box.X1), anchors.Sum(box => (double)box.Y1)];
        Assert.Equal(golden.Read<double>("big_colsum_f64"), sums);
    }

    [SkippableFact]
    public void Cells_are_those_recorded()
    {
        var golden = new GoldenSet("students/ops_anchors");
        Assert.Equal(3, AnchorGenerator.Standard.PerCell);
        for (int level = 0; level < 5; level++)
            Assert.Equal(golden.Boxes($"cell_{level}"), AnchorGenerator.Standard.Level(level, 1, 1, 32, 32));
    }

    [Fact]
    public void A_map_is_needed_for_each_level() =>
        Assert.Throws<ArgumentException>("maps", () => AnchorGenerator.Standard.All([(1, 1)], 32, 32));

    private static List<(int Rows, int Columns)> Maps(JsonElement entry) => [.. entry.GetProperty("feature_hw").EnumerateArray().Select(Size)];

    private static (int Rows, int Columns) Size(JsonElement pair) => (pair[0].GetInt32(), pair[1].GetInt32());
}
