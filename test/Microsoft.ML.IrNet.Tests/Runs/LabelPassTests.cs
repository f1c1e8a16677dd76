using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Tests.Fixtures;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Runs;

[Collection("torch")]
public sealed class LabelPassTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _images = new();
    private readonly LabellerModel _model = new(
        Networks.TinyNetworks.Cam(2), Networks.TinyNetworks.Ir(), ToyData.Classes,
        new LabellerOptions
        {
            Cam = new CamTransformerOptions { Maps = new CamOptions { Scales = [1] } },
            IrNet = new IrNetTransformerOptions { Maps = new IrNetInferenceOptions { Canvas = 32 } },
        });

    private string Output => _folder.At("labels");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5000)]
    [InlineData(700, 2)]
    public void A_photograph_of_any_size_gets_labels_of_its_size(int height, int width)
    {
        File.WriteAllBytes(_images.At("strange.png"), PngFile.Encode(Pictures.Gradient(height, width)));
        PhotographSet data = TagFolder.LoadImages(_images.Root, ToyData.Classes);
        foreach (bool predict in new[] { false, true })
        {
            var tagged = data with { Photographs = [data.Photographs[0] with { Tags = [0, 1] }] };
            Assert.Empty(LabelPass.Execute(tagged, _model, Output, new LabelPassOptions { PredictTags = predict }, new RunEvents()));
            LabelMap semantic = LabelFolder.Read(Output).Photographs["strange"]().Semantic;
            Assert.Equal((height, width), (semantic.Height, semantic.Width));
        }
    }

    [Fact]
    public void Bad_photographs_are_left_out_or_in_strict_mode_an_error()
    {
        PhotographSet data = ToyData.Tagged(_images, 4);
        ToyData.Truncate(data.Photographs[0]);
        File.WriteAllText(data.Photographs[2].Path, "no image");
        var events = new RunEvents();
        IReadOnlyCollection<SkippedPhotograph> skipped = LabelPass.Execute(data, _model, Output, new LabelPassOptions(), events);
        Assert.Equal(["toy0", "toy2"], skipped.Select(photograph => photograph.Name));
        Assert.Equal(2, events.Warnings.Count(warning => warning.Contains("is left out", StringComparison.Ordinal)));
        Assert.Equal(["toy1", "toy3"], LabelFolder.Read(Output).Photographs.Keys);
        Assert.Throws<ImageFileException>(() => LabelPass.Execute(data, _model, _folder.At("strict"), new LabelPassOptions { Strict = true }, new RunEvents()));
        Assert.False(File.Exists(_folder.At("strict", "annotations.json")));
    }

    [Fact]
    public void Without_a_photograph_that_can_be_read_it_fails()
    {
        PhotographSet data = ToyData.Tagged(_images, 2);
        foreach (Photograph photograph in data.Photographs)
            ToyData.Truncate(photograph);
        var error = Assert.Throws<DataSetException>(() => LabelPass.Execute(data, _model, Output, new LabelPassOptions(), new RunEvents()));
        Assert.Contains("none of its 2 photographs", error.Message, StringComparison.Ordinal);
        Assert.Throws<DataSetException>(() => LabelPass.Execute(data with { Photographs = [] }, _model, Output, new LabelPassOptions(), new RunEvents()));
    }

    [Fact]
    public void Classes_other_than_the_model_s_are_an_error()
    {
        PhotographSet data = ToyData.Tagged(_images, 1) with { Classes = ["square", "disc"] };
        Assert.Throws<ArgumentException>(() => LabelPass.Execute(data, _model, Output, new LabelPassOptions(), new RunEvents()));
    }

    [Fact]
    public void Cancelled_it_leaves_no_annotations()
    {
        PhotographSet data = ToyData.Tagged(_images, 3);
        using var cancellation = new CancellationTokenSource();
        var events = new RunEvents { OnAdvanced = (_, _) => cancellation.Cancel() };
        Assert.ThrowsAny<OperationCanceledException>(() => LabelPass.Execute(data, _model, Output, new LabelPassOptions(), events, cancellation.Token));
        Assert.Single(events.Photographs);
        Assert.False(File.Exists(Path.Combine(Output, "annotations.json")));
        Assert.Empty(Directory.EnumerateFiles(Output, "*.part"));
    }

    [Fact]
    public void Semantic_maps_follow_their_own_options()
    {
        PhotographSet data = ToyData.Tagged(_images, 2);
        LabellerModel nothingIsSure = _model with
        {
            Options = _model.Options with { Semantic = new SemanticPseudoLabelOptions { Labels = new PseudoLabelOptions { SemanticBackgroundThreshold = 1 } } },
        };
        var events = new RunEvents();
        LabelPass.Execute(data, nothingIsSure, Output, new LabelPassOptions(), events);
        Assert.All(events.Photographs.SelectMany(photograph => photograph.Labels.Semantic.Labels), label => Assert.Equal(0, label));
        Assert.NotEmpty(events.Photographs.SelectMany(photograph => photograph.Labels.Instances));
    }

    [Fact]
    public void A_hundred_photographs_leave_no_tensor_behind()
    {
        File.WriteAllBytes(_images.At("one.png"), PngFile.Encode(Pictures.Gradient(9, 13)));
        PhotographSet one = TagFolder.LoadImages(_images.Root, ToyData.Classes);
        PhotographSet many = one with { Photographs = [.. Enumerable.Range(0, 100).Select(i => one.Photographs[0] with { Name = $"photograph {i}", Tags = [i % 2] })] };
        LabelPass.Execute(one, _model, Output, new LabelPassOptions(), new RunEvents());
        long before = Live(), first = 0;
        LabelPass.Execute(many, _model, Output, new LabelPassOptions(), new RunEvents
        {
            OnAdvanced = (_, done) =>
            {
                if (done == 1)
                    first = Live();
                Assert.Equal(first, Live());
            },
        });
        Assert.Equal(before, Live());

        static long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
    }

    public void Dispose()
    {
        _model.Cam.Dispose();
        _model.IrNet.Dispose();
        _folder.Dispose();
        _images.Dispose();
    }
}
