using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Masks;
using YamlDotNet.Serialization;

namespace Microsoft.ML.IrNet.Tests.Export.Formats;

/// <summary>What Ultralytics documents of its segmentation data sets.</summary>
public class YoloSchemaTests
{
    [Fact]
    public void A_line_is_a_class_and_at_least_three_corners_within_the_photograph_that_enclose_the_mask() => Prop.ForAll(DrawnSet.Overlapping, set =>
    {
        using var folder = new ExchangeFixture();
        folder.Write(set);
        folder.Export(LabelFormat.Yolo);
        IReadOnlyList<string> names = PhotographNames.Assign([.. set.Photographs.Select(photograph => photograph.File)]);
        Assert.Equal(names.Count, Directory.GetFiles(folder.At("labels"), "*", SearchOption.AllDirectories).Length);
        foreach ((DrawnPhotograph photograph, string name) in set.Photographs.Zip(names))
        {
            // Ultralytics finds labels by the path of the photograph, images replaced by labels.
            string label = folder.At("labels", "train", name + ".txt");
            string[] lines = File.ReadAllLines(label);
            Assert.Equal(photograph.Instances.Length, lines.Length);
            foreach ((string line, InstanceLabel instance) in lines.Zip(photograph.Instances))
                AssertLine(line, instance);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(8));

    [Fact]
    public void The_data_file_names_the_classes_and_the_folder_of_photographs_beside_it()
    {
        using var folder = new ExchangeFixture();
        folder.Write(new DrawnSet(DrawnSet.OddClasses, [new DrawnPhotograph("one.jpg", 2, 2, [])]));
        folder.Export(LabelFormat.Yolo, withImages: true);
        var data = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(File.ReadAllText(folder.At("data.yaml")));
        Assert.Equal(DrawnSet.OddClasses, ((Dictionary<object, object>)data["names"]).Select((entry, i) => entry.Key.ToString() == $"{i}" ? entry.Value : "out of order"));
        Assert.Equal(("images/train", "images/train"), (data["train"], data["val"]));
        Assert.True(File.Exists(folder.At("images", "train", "one.jpg")));
        Assert.Equal("", File.ReadAllText(folder.At("labels", "train", "one.txt")));
    }

    private static void AssertLine(string line, InstanceLabel instance)
    {
        string[] fields = line.Split(' ');
        Assert.Equal(instance.ClassIndex, int.Parse(fields[0], CultureInfo.InvariantCulture));
        double[] shares = [.. fields.Skip(1).Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
        Assert.True(shares.Length >= 6 && shares.Length % 2 == 0);
        Assert.All(shares, share => Assert.InRange(share, 0, 1));
        (double X, double Y)[] corners = [.. shares.Chunk(2).Select(corner => (corner[0] * instance.Mask.Width, corner[1] * instance.Mask.Height))];
        Assert.All(corners, corner => Assert.True(Math.Abs(corner.X - Math.Round(corner.X)) < 1e-5 && Math.Abs(corner.Y - Math.Round(corner.Y)) < 1e-5));
        Assert.Equal(instance.Mask.ToRowMajor().Select(pixel => pixel != 0),
            EvenOdd.Fill([.. corners.Select(corner => (Math.Round(corner.X), Math.Round(corner.Y)))], instance.Mask.Height, instance.Mask.Width));
    }
}
