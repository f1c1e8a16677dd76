using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Export.Formats;

/// <summary>Labels that go to another format and come back are the same labels, as far as the format can say them.</summary>
public class RoundTripTests
{
    private static readonly Config Some = Config.QuickThrowOnFailure.WithMaxTest(12);

    [Theory]
    [InlineData(LabelFormat.Coco, true)]
    [InlineData(LabelFormat.LabelMe, true)]
    [InlineData(LabelFormat.Cvat, true)]
    [InlineData(LabelFormat.Yolo, false)]
    public void Overlapping_objects_with_holes_and_single_pixels_come_back(LabelFormat format, bool scores) =>
        Prop.ForAll(DrawnSet.Overlapping, set => Assert.Equal(Contents(set, scores).Order(), RoundTrip(format, set, scores).Order())).Check(Some);

    [Fact]
    public void Touching_objects_come_back_from_a_voc_devkit() => Prop.ForAll(DrawnSet.Disjoint, set =>
        Assert.Equal(Contents(set, scores: false).Select(photograph => photograph.Labels), RoundTrip(LabelFormat.Voc, set, scores: false).Select(photograph => photograph.Labels))).Check(Some);

    [Theory]
    [InlineData(LabelFormat.Coco)]
    [InlineData(LabelFormat.Voc)]
    [InlineData(LabelFormat.Yolo)]
    [InlineData(LabelFormat.LabelMe)]
    [InlineData(LabelFormat.Cvat)]
    public void Names_with_folders_spaces_and_foreign_letters_come_back(LabelFormat format)
    {
        string[] files = ["a.jpg", "zwei Wörter.png", "sub/one.jpg", "other folder/one.jpg"];
        var set = new DrawnSet(DrawnSet.PlainClasses, [.. files.Select(file => new DrawnPhotograph(file, 2, 3, []))]);
        using var folder = new ExchangeFixture();
        folder.Write(set);
        LabelExchangeReport exported = folder.Export(format, withImages: true);
        folder.Convert(format);
        string[] expected = format == LabelFormat.Voc ? ["a", "zwei_Wörter", "sub_one", "other_folder_one"] : ["a", "zwei Wörter", "sub/one", "other folder/one"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), LabelFolder.Read(folder.Converted).Photographs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(format == LabelFormat.Voc ? ["3 photographs with names that the format or a file system does not take: renamed", "1 photographs that are no JPEG: encoded as JPEG"] : [], exported.Losses.OrderDescending());
    }

    [Fact]
    public void Our_own_readers_take_the_exports_with_their_photographs()
    {
        var set = new DrawnSet([.. VocDataSet.Classes], [new DrawnPhotograph("one.jpg", 4, 5, [Filled(14, 4, 5)]), new DrawnPhotograph("two.png", 3, 3, [])]);
        using var folder = new ExchangeFixture();
        folder.Write(set);
        folder.Export(LabelFormat.Voc, withImages: true);
        folder.Export(LabelFormat.Coco, withImages: true);
        foreach (PhotographSet read in new[] { DataSets.Load(folder.Exported, "voc"), DataSets.Load(folder.Exported, "coco") })
        {
            Assert.Equal(["one", "two"], read.Photographs.Select(photograph => photograph.Name));
            Assert.Equal([14], read.Photographs[0].Tags);
            Assert.Equal(20, Assert.Single(read.Photographs[0].ReadGroundTruth!().Instances).Mask.Area);
            Assert.Empty(read.Photographs[1].ReadGroundTruth!().Instances);
        }
    }

    [Fact]
    public void Semantic_maps_with_void_come_back_from_a_voc_devkit_alone()
    {
        byte[] map = [1, 1, 255, 0, 3, 3];
        foreach (LabelFormat format in Enum.GetValues<LabelFormat>())
        {
            using var folder = new ExchangeFixture();
            using (var writer = new LabelFolderWriter(folder.Labels, DrawnSet.PlainClasses))
            {
                writer.Add("one", "one.jpg", 2, 3, new ImageLabels([], new(2, 3, map)));
                writer.Complete();
            }
            LabelExchangeReport report = folder.Export(format);
            Assert.Equal(format == LabelFormat.Voc ? 0 : 1, report.Losses.Count);
            if (format == LabelFormat.Yolo)
                continue;
            folder.Convert(format);
            Assert.Equal(format == LabelFormat.Voc ? map : new byte[6], LabelFolder.Read(folder.Converted).Photographs["one"]().Semantic.Labels);
        }
    }

    [Fact]
    public void What_a_format_cannot_carry_is_counted()
    {
        InstanceLabel unsure = Filled(0, 4, 5) with { Score = 0.5f }, crowd = Filled(1, 4, 5) with { IsCrowd = true };
        var empty = MaskGenerators.Instance(2, 1, RunLengthMask.FromRowMajor(4, 5, new byte[20]));
        foreach ((LabelFormat format, string[] losses) in new (LabelFormat, string[])[]
        {
            (LabelFormat.Coco, []),
            (LabelFormat.Cvat, ["crowds", "instances without a pixel"]),
            (LabelFormat.LabelMe, ["crowds", "instances without a pixel"]),
            (LabelFormat.Yolo, ["crowds", "instances with scores", "instances without a pixel"]),
            (LabelFormat.Voc, ["crowds", "instances with scores", "instances without a pixel"]),
        })
        {
            using var folder = new ExchangeFixture();
            IReadOnlyList<string> counted = folder.Export(format, 4, 5, unsure, crowd, empty).Losses;
            Assert.Equal(losses.Select(loss => "1 " + loss), counted.Select(loss => loss.Split(':')[0]));
        }
    }

    [Fact]
    public void What_lies_under_others_is_lost_in_a_voc_devkit_and_counted()
    {
        var corner = RunLengthMask.FromRowMajor(2, 2, [1, 0, 0, 0]);
        using var folder = new ExchangeFixture();
        LabelExchangeReport report = folder.Export(LabelFormat.Voc, 2, 2,
            MaskGenerators.Instance(0, 1, corner), MaskGenerators.Instance(1, 0.5f, RunLengthMask.FromRowMajor(2, 2, [1, 1, 1, 1])), MaskGenerators.Instance(2, 0.25f, corner));
        Assert.Contains("1 instances partly under others: what is covered is lost", report.Losses);
        Assert.Contains("1 instances wholly under others: left out", report.Losses);
        folder.Convert(LabelFormat.Voc);
        Assert.Equal([(0, 1L), (1, 3L)], LabelFolder.Read(folder.Converted).Photographs["one"]().Instances.Select(instance => (instance.ClassIndex, instance.Mask.Area)));
    }

    [Fact]
    public void Many_parts_and_holes_stay_exact_in_yolo()
    {
        byte[] rings = [.. Enumerable.Range(0, 40 * 50).Select(i => (byte)((Math.Max(Math.Abs(i / 50 - 20), Math.Abs(i % 50 - 25)) / 2 + i / 700) % 2))];
        using var folder = new ExchangeFixture();
        var mask = RunLengthMask.FromRowMajor(40, 50, rings);
        LabelExchangeReport report = folder.Export(LabelFormat.Yolo, 40, 50, MaskGenerators.Instance(0, 1, mask));
        Assert.Equal("1 instances of several parts or with holes: joined to one polygon by lines of no width", Assert.Single(report.Losses));
        folder.Convert(LabelFormat.Yolo);
        Assert.Equal(rings, Assert.Single(LabelFolder.Read(folder.Converted).Photographs["one"]().Instances).Mask.ToRowMajor());
    }

    private static InstanceLabel Filled(int classIndex, int height, int width) => MaskGenerators.Instance(classIndex, 1, new RunLengthMask(height, width, [0, (uint)(height * width)]));

    private static IEnumerable<(string Name, string Labels)> RoundTrip(LabelFormat format, DrawnSet set, bool scores)
    {
        using var folder = new ExchangeFixture();
        folder.Write(set);
        folder.Export(format);
        folder.Convert(format, withImages: format == LabelFormat.Yolo);
        LabelFolder read = LabelFolder.Read(folder.Converted);
        Assert.Equal(set.Classes, read.Classes);
        return [.. read.Photographs.Select(photograph => (photograph.Key, Content(photograph.Value().Instances, scores)))];
    }

    private static IEnumerable<(string Name, string Labels)> Contents(DrawnSet set, bool scores)
    {
        IReadOnlyList<string> names = PhotographNames.Assign([.. set.Photographs.Select(photograph => photograph.File)]);
        return [.. set.Photographs.Select((photograph, i) => (names[i], Content(photograph.Instances, scores)))];
    }

    private static string Content(IEnumerable<InstanceLabel> instances, bool scores) =>
        string.Join(" | ", instances.Select(instance => $"{instance.ClassIndex} {(scores ? instance.Score : 1)} {instance.Box} {Convert.ToHexString(instance.Mask.ToRowMajor())}"));
}
