using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Runs;

/// <summary>What a run gives depends on its data, options and seed, and on nothing else.</summary>
[Collection("torch")]
public sealed class DeterminismTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _images = new();
    private readonly TemporaryFolder _others = new();

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
        _others.Dispose();
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_in_another_folder_from_photographs_in_another_folder()
    {
        SortedDictionary<string, string> first = FolderBytes.OfRun(ToyData.WithMasks(_images), ToyData.Options(_folder.At("one")));
        SortedDictionary<string, string> second = FolderBytes.OfRun(ToyData.WithMasks(_others), ToyData.Options(_folder.At("elsewhere", "two")));
        Assert.Equal(first, second);
        Assert.Equal(File.ReadAllBytes(_folder.At("one", "labeller.zip")), File.ReadAllBytes(_folder.At("elsewhere", "two", "labeller.zip")));
        Assert.NotEqual(first, FolderBytes.OfRun(ToyData.WithMasks(_others), ToyData.Options(_folder.At("three")) with { Seed = 4 }));
    }

    [Fact]
    public void Labels_and_their_evaluation_do_not_depend_on_the_order_of_the_photographs()
    {
        PhotographSet data = ToyData.WithMasks(_images);
        PhotographSet reversed = data with { Photographs = [.. data.Photographs.Reverse()] };
        using CamNetwork cam = Networks.TinyNetworks.Cam(data.Classes.Count);
        using IrNetwork irNet = Networks.TinyNetworks.Ir();
        var model = new LabellerModel(cam, irNet, data.Classes, new LabellerOptions { Cam = new() { Maps = new CamOptions { Scales = [1] } }, IrNet = new() { Maps = new() { Canvas = 64 } } });
        EvaluationReport forwards = Label(data, "forwards"), backwards = Label(reversed, "backwards");

        static IEnumerable<KeyValuePair<string, string>> Maps(string folder) => FolderBytes.OfLabels(folder).Where(file => file.Key.EndsWith(".png", StringComparison.Ordinal));
        Assert.Equal(12, Maps(_folder.At("forwards")).Count());
        Assert.Equal(Maps(_folder.At("forwards")), Maps(_folder.At("backwards")));
        foreach (Photograph photograph in data.Photographs)
        {
            ImageLabels one = LabelFolder.Read(_folder.At("forwards")).Photographs[photograph.Name](), other = LabelFolder.Read(_folder.At("backwards")).Photographs[photograph.Name]();
            Assert.Equal(one.Instances.Select(Text), other.Instances.Select(Text));
        }
        Assert.Equal(forwards.Semantic.PerClassIoU, backwards.Semantic.PerClassIoU);

        EvaluationReport Label(PhotographSet set, string output)
        {
            LabelPass.Execute(set, model, _folder.At(output), new LabelPassOptions(), new RunEvents());
            return LabelEvaluation.Evaluate(set, LabelFolder.Read(_folder.At(output), set).LabelsOf(set));
        }

        static string Text(InstanceLabel instance) => $"{instance.ClassIndex} {instance.Score} {instance.Mask.ToCompressedString()}";
    }
}
