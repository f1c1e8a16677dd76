using System.Text.Json;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Masks;

public class RunLengthMaskGoldenTests
{
    private static readonly Lazy<GoldenSet> Golden = new(() => new GoldenSet("coco_rle"));
    private static readonly Lazy<JsonElement> Recorded = new(() => JsonDocument.Parse(File.ReadAllText(Golden.Value.PathOf("rle.json"))).RootElement);

    [SkippableFact]
    public void Masks_have_cocos_counts_text_area_and_box()
    {
        foreach (JsonElement recorded in Recorded.Value.GetProperty("masks").EnumerateArray())
        {
            (int height, int width) = Size(recorded);
            byte[] pixels = Golden.Value.Read<byte>($"mask_{recorded.GetProperty("i").GetInt32()}");
            RunLengthMask mask = RunLengthMask.FromRowMajor(height, width, pixels);
            Assert.Equal(Numbers(recorded.GetProperty("uncompressed")), mask.Counts.Select(count => (double)count));
            Assert.Equal(Counts(recorded), mask.ToCompressedString());
            Assert.Equal(recorded.GetProperty("area").GetInt64(), mask.Area);
            Assert.Equal(Numbers(recorded.GetProperty("bbox")), Box(mask));
            Assert.Equal(pixels, RunLengthMask.Parse(Counts(recorded), height, width).ToRowMajor());
        }
    }

    [SkippableFact]
    public void Large_masks_are_read_and_written_as_coco_does()
    {
        foreach (JsonElement recorded in Recorded.Value.GetProperty("big").EnumerateArray())
        {
            (int height, int width) = Size(recorded);
            RunLengthMask mask = RunLengthMask.Parse(Counts(recorded), height, width);
            Assert.Equal(Counts(recorded), mask.ToCompressedString());
            Assert.Equal(recorded.GetProperty("area").GetInt64(), mask.Area);
            Assert.Equal(Numbers(recorded.GetProperty("bbox")), Box(mask));
        }
    }

    [SkippableFact]
    public void Unions_and_intersections_are_cocos()
    {
        RunLengthMask[] masks = Masks();
        foreach (JsonElement row in Recorded.Value.GetProperty("merge").EnumerateArray())
        {
            (RunLengthMask a, RunLengthMask b) = (masks[row[0].GetInt32()], masks[row[1].GetInt32()]);
            RunLengthMask merged = row[2].GetInt32() == 1 ? RunLengthMask.Intersect(a, b) : RunLengthMask.Merge(a, b);
            Assert.Equal(row[3].GetString(), merged.ToCompressedString());
        }
    }

    [SkippableFact]
    public void Overlaps_are_cocos_with_and_without_crowds()
    {
        RunLengthMask[] masks = Masks();
        foreach (JsonElement block in Recorded.Value.GetProperty("iou").EnumerateArray())
        {
            int[] ids = [.. Numbers(block.GetProperty("ids")).Select(id => (int)id)];
            double[] crowds = Numbers(block.GetProperty("iscrowd"));
            for (int d = 0; d < ids.Length; d++)
                for (int g = 0; g < ids.Length; g++)
                    Assert.Equal(block.GetProperty("iou")[d][g].GetDouble(), RunLengthMask.IntersectionOverUnion(masks[ids[d]], masks[ids[g]], crowds[g] == 1), 1e-12);
        }
    }

    [SkippableFact]
    public void Polygons_are_filled_as_coco_fills_them()
    {
        foreach (JsonElement recorded in Recorded.Value.GetProperty("polygons").EnumerateArray())
        {
            (int height, int width) = Size(recorded);
            RunLengthMask mask = RunLengthMask.FromPolygons(height, width, [Numbers(recorded.GetProperty("poly"))]);
            Assert.Equal(Counts(recorded), mask.ToCompressedString());
            Assert.Equal(recorded.GetProperty("area").GetInt64(), mask.Area);
        }
    }

    [SkippableFact]
    public void A_box_is_the_polygon_of_its_corners()
    {
        foreach (JsonElement recorded in Recorded.Value.GetProperty("from_bbox").EnumerateArray())
        {
            (int height, int width) = Size(recorded);
            double[] box = Numbers(recorded.GetProperty("bbox"));
            (double left, double top, double right, double bottom) = (box[0], box[1], box[0] + box[2], box[1] + box[3]);
            Assert.Equal(Counts(recorded), RunLengthMask.FromPolygons(height, width, [[left, top, left, bottom, right, bottom, right, top]]).ToCompressedString());
        }
    }

    private static RunLengthMask[] Masks() =>
    [
        .. Recorded.Value.GetProperty("masks").EnumerateArray().Select(recorded => RunLengthMask.Parse(Counts(recorded), Size(recorded).Height, Size(recorded).Width)),
    ];

    private static (int Height, int Width) Size(JsonElement recorded) => (recorded.GetProperty("size")[0].GetInt32(), recorded.GetProperty("size")[1].GetInt32());

    private static string Counts(JsonElement recorded) => recorded.GetProperty("counts").GetString()!;

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    private static double[] Box(RunLengthMask mask)
    {
        BoundingBox box = mask.ComputeBox();
        return [box.X0, box.Y0, box.Width, box.Height];
    }
}
