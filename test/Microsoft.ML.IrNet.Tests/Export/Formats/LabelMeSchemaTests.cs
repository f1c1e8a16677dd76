using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Masks;
using SkiaSharp;

namespace Microsoft.ML.IrNet.Tests.Export.Formats;

/// <summary>What LabelMe requires of its files when it opens them.</summary>
public class LabelMeSchemaTests
{
    [Fact]
    public void A_file_has_the_fields_that_are_required() => Prop.ForAll(DrawnSet.Overlapping, set =>
    {
        DrawnPhotograph photograph = set.Photographs[0] with { File = "one.jpg" };
        using var folder = new ExchangeFixture();
        folder.Write(set with { Photographs = [photograph] });
        folder.Export(LabelFormat.LabelMe, withImages: true);
        JsonElement file = JsonFile.Read(folder.At("one.json"));
        Assert.Equal(["version", "flags", "shapes", "imagePath", "imageData", "imageHeight", "imageWidth"], file.EnumerateObject().Select(field => field.Name));
        Assert.Equal((photograph.Height, photograph.Width), (file.GetProperty("imageHeight").GetInt32(), file.GetProperty("imageWidth").GetInt32()));
        Assert.Equal(JsonValueKind.Null, file.GetProperty("imageData").ValueKind);
        Assert.True(File.Exists(folder.At(file.GetProperty("imagePath").GetString()!)));
        JsonElement[] shapes = [.. file.GetProperty("shapes").EnumerateArray()];
        Assert.Equal(photograph.Instances.Length, shapes.Length);
        Assert.Equal(shapes.Length, shapes.Select(shape => shape.GetProperty("group_id").GetInt32()).Distinct().Count());
        foreach ((JsonElement shape, InstanceLabel instance) in shapes.Zip(photograph.Instances))
            AssertShape(shape, instance, set.Classes);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(8));

    [Fact]
    public void Classes_are_listed_as_the_tool_takes_them()
    {
        using var folder = new ExchangeFixture();
        folder.Export(LabelFormat.LabelMe, 2, 2);
        Assert.Equal(["__ignore__", "_background_", .. DrawnSet.PlainClasses], File.ReadAllLines(folder.At("labels.txt")));
    }

    [Fact]
    public void Shapes_of_a_group_are_one_object_and_lines_are_left_out()
    {
        using var folder = new ExchangeFixture();
        folder.Export(LabelFormat.LabelMe, 6, 8);
        File.WriteAllText(folder.At("one.json"), """
            {"version": "5.0.1", "flags": {}, "imagePath": "..\\elsewhere\\one.jpg", "imageData": null, "imageHeight": 6, "imageWidth": 8, "shapes": [
            {"label": "cat", "points": [[0, 0], [2, 0], [2, 2], [0, 2]], "group_id": 7, "shape_type": "polygon", "flags": {}},
            {"label": "cat", "points": [[0, 4], [4, 4], [4, 6], [0, 6]], "group_id": 7, "flags": {}},
            {"label": "a dog, \"big\"", "points": [[6, 1], [8, 3]], "group_id": 7, "shape_type": "rectangle", "flags": {}},
            {"label": "cat", "points": [[4, 2], [5, 2]], "group_id": null, "shape_type": "circle", "flags": {}},
            {"label": "cat", "points": [[4, 2], [5, 2]], "group_id": null, "shape_type": "line", "flags": {}},
            {"label": "_background_", "points": [[4, 2], [5, 2], [5, 3]], "group_id": null, "shape_type": "polygon", "flags": {}}]}
            """);
        LabelExchangeReport report = folder.Convert(LabelFormat.LabelMe);
        Assert.Equal("1 shapes that are no areas, such as points and lines: left out", Assert.Single(report.Losses));
        Assert.Equal([(0, 12L), (1, 4L), (0, 4L)], LabelFolder.Read(folder.Converted).Photographs["one"]().Instances.Select(instance => (instance.ClassIndex, instance.Mask.Area)));
    }

    private static void AssertShape(JsonElement shape, InstanceLabel instance, string[] classes)
    {
        Assert.Equal("mask", shape.GetProperty("shape_type").GetString());
        Assert.Equal(classes[instance.ClassIndex], shape.GetProperty("label").GetString());
        Assert.Equal((JsonValueKind.Object, ""), (shape.GetProperty("flags").ValueKind, shape.GetProperty("description").GetString()));
        int[][] points = [.. shape.GetProperty("points").EnumerateArray().Select(point => point.EnumerateArray().Select(number => number.GetInt32()).ToArray())];
        ((int left, int top), (int right, int bottom)) = ((points[0][0], points[0][1]), (points[1][0], points[1][1]));
        using SKBitmap crop = SKBitmap.Decode(shape.GetProperty("mask").GetBytesFromBase64());
        Assert.Equal((right - left + 1, bottom - top + 1), (crop.Width, crop.Height));
        byte[] mask = new byte[instance.Mask.Height * instance.Mask.Width];
        for (int y = top; y <= bottom; y++)
            for (int x = left; x <= right; x++)
                mask[y * instance.Mask.Width + x] = (byte)(crop.GetPixel(x - left, y - top).Red == 0 ? 0 : 1);
        Assert.Equal(instance.Mask.ToRowMajor(), mask);
        Assert.Equal(instance.Score, shape.TryGetProperty("score", out JsonElement score) ? score.GetSingle() : 1);
    }
}
