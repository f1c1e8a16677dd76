using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Tests.Estimators;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Runs;

namespace Microsoft.ML.IrNet.Tests.Seeds;

/// <summary>Maps of another model in a run and in a pipeline.</summary>
[Collection("torch")]
public sealed class SeedPipelineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new(), _images = new();

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
    }

    [Fact]
    public void A_run_takes_seeds_in_place_of_its_own_maps()
    {
        PhotographSet data = ToyData.WithMasks(_images, 3);
        WriteSeeds(data, photograph => Disc(photograph.Tags.Count));
        var events = new RunEvents();
        using LabellingRunResult result = LabellingRun.Execute(data, ToyData.Options(_folder.At("out")) with { SeedFolder = _folder.At("seeds") }, events);
        Assert.All(events.Photographs, labelled => Assert.True(labelled.Maps.Cam[labelled.Maps.Rows / 2 * labelled.Maps.Columns + labelled.Maps.Columns / 2] > 0.9f && labelled.Maps.Cam[0] == 0));
        Assert.Equal(3, events.Photographs.Count);
    }

    [Fact]
    public void Other_seeds_are_other_maps()
    {
        PhotographSet data = ToyData.WithMasks(_images, 3);
        LabellingRunOptions options = ToyData.Options(_folder.At("out")) with { SeedFolder = _folder.At("seeds") };
        WriteSeeds(data, photograph => Disc(photograph.Tags.Count));
        LabellingRun.Execute(data, options, new RunEvents()).Dispose();
        WriteSeeds(data, photograph => (new float[25 * photograph.Tags.Count], 5));
        var events = new RunEvents();
        LabellingRun.Execute(data, options, events).Dispose();
        Assert.All(events.Photographs, labelled => Assert.All(labelled.Maps.Cam, value => Assert.Equal(0, value)));
    }

    [Fact]
    public void A_photograph_without_seeds_is_left_out_by_name()
    {
        PhotographSet data = ToyData.WithMasks(_images, 3);
        WriteSeeds(data, photograph => Disc(photograph.Tags.Count));
        File.Delete(_folder.At("seeds", data.Photographs[1].Name + ".npy"));
        using LabellingRunResult result = LabellingRun.Execute(data, ToyData.Options(_folder.At("out")) with { SeedFolder = _folder.At("seeds") }, new RunEvents());
        SkippedPhotograph skipped = Assert.Single(result.Skipped);
        Assert.Equal(data.Photographs[1].Name, skipped.Name);
        Assert.Contains(".npy", skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_option_error() => Assert.Equal("SeedFolder", Assert.Throws<OptionException>(() =>
        LabellingRun.Execute(ToyData.WithMasks(_images, 3), ToyData.Options(_folder.At("out")) with { SeedFolder = _folder.At("none") }, new RunEvents())).Subject);

    [Fact]
    public void A_pipeline_learns_from_seeds_and_the_saved_model_takes_them_too()
    {
        PhotographSet data = ToyData.Tagged(_images, 4);
        WriteSeeds(data, photograph => Disc(photograph.Tags.Count));
        var ml = new MLContext(seed: 1);
        IDataView seeded = ml.Data.LoadSeeds(data, _folder.At("seeds"));
        var labeller = ml.Transforms.SeedMaps().Append(ml.Transforms.InterPixelRelations(TinyPipeline.IrNet)).Append(ml.Transforms.InstancePseudoLabels()).Append(ml.Transforms.SemanticPseudoLabels()).Fit(seeded);
        string[] expected = Masks(ml, labeller.Transform(seeded));
        Assert.Contains(expected, masks => masks.Length > 0);
        ml.Model.Save(labeller, seeded.Schema, _folder.At("labeller.zip"));
        Assert.Equal(expected, Masks(ml, new MLContext().Model.Load(_folder.At("labeller.zip"), out _).Transform(seeded)));
    }

    [Fact]
    public void Columns_that_do_not_fit_are_refused()
    {
        PhotographSet data = ToyData.Tagged(_images, 2);
        var ml = new MLContext(seed: 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.SeedMaps().Fit(ml.Data.LoadPhotographs(data)));
        File.WriteAllBytes(_folder.At("seeds", data.Photographs[0].Name + ".npy"), NpyWriter.Encode(new float[4], 4));
        IDataView seeded = ml.Data.LoadSeeds(data, _folder.At("seeds"));
        IDataView mapped = ml.Transforms.SeedMaps().Fit(seeded).Transform(seeded);
        Assert.Throws<DataSetException>(() => mapped.GetColumn<float[]>(ColumnNames.Cam).First());
    }

    private static string[] Masks(MLContext ml, IDataView data) => [.. data.GetColumn<ReadOnlyMemory<char>[]>(ColumnNames.PredictedMasks).Select(masks => string.Join(' ', masks.Select(mask => mask.ToString())))];

    private void WriteSeeds(PhotographSet data, Func<Photograph, (float[] Maps, int Side)> seeds)
    {
        foreach (Photograph photograph in data.Photographs)
        {
            (float[] maps, int side) = seeds(photograph);
            File.WriteAllBytes(_folder.At("seeds", photograph.Name + ".npy"), NpyWriter.Encode(maps, photograph.Tags.Count, side, side));
        }
    }

    /// <summary>A bright middle in each map, 0 at the rim.</summary>
    private static (float[] Maps, int Side) Disc(int tags)
    {
        const int Side = 15;
        var maps = new float[tags * Side * Side];
        for (int i = 0; i < maps.Length; i++)
            maps[i] = Math.Abs(i / Side % Side - 7) < 4 && Math.Abs(i % Side - 7) < 4 ? 3 : 0;
        return (maps, Side);
    }
}
