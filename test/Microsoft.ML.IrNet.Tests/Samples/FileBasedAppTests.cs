using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Shapes;

namespace Microsoft.ML.IrNet.Tests.Samples;

/// <summary>The file-based apps, as their readers run them.</summary>
[Collection("torch")]
public sealed class FileBasedAppTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task The_tour_measures_saves_loads_and_draws()
    {
        string output = await FileBasedApp.Run(Repository.Require("samples", "tour.cs"), "6", "1", _folder.Root);

        Assert.Matches(@"instances AP50 \d+\.\d, semantic maps mIoU \d+\.\d", output);
        Assert.True(File.Exists(_folder.At("labeller.zip")));
        Assert.Equal(6, TagFolder.Load(_folder.At("photographs"), _folder.At("photographs", "tags.csv")).Photographs.Count);
        Assert.InRange(ImageFile.Read(_folder.At("masks.png")).Width, 128, 160);
    }

    [SkippableFact]
    public async Task The_drawn_data_set_is_one_for_tags_and_one_of_COCO()
    {
        await FileBasedApp.Run(Repository.Require("samples", "draw-shapes.cs"), _folder.Root, "3");

        PhotographSet tagged = TagFolder.Load(_folder.At("photographs"), _folder.At("photographs", "tags.csv"), ShapesDataSet.Classes);
        PhotographSet drawn = CocoDataSet.Load(_folder.At("masks", "annotations.json"), _folder.At("photographs"));
        Assert.Equal(3, tagged.Photographs.Count);
        Assert.Equal(tagged.Classes, drawn.Classes);
        Assert.Equal(tagged.Photographs.Select(photograph => photograph.Tags), drawn.Photographs.Select(photograph => photograph.Tags));
        Assert.True(drawn.HasGroundTruth);
    }
}
