using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Networks;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Estimators;

[Collection("torch")]
public sealed class BadInputTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void An_empty_data_view_is_a_data_set_error()
    {
        IDataView tagged = _ml.Transforms.Conversion.MapValueToKey("Tags", "TagNames").Fit(_ml.Data.LoadFromEnumerable(TinyPipeline.Rows(2)))
            .Transform(_ml.Data.LoadFromEnumerable(Array.Empty<TaggedRow>()));

        Assert.Throws<DataSetException>(() => _ml.Transforms.ClassActivationMaps(TinyPipeline.Cam).Fit(tagged));
        using TransformerChain<ITransformer> labeller = Labeller();
        Assert.Throws<DataSetException>(() => _ml.Transforms.InterPixelRelations(TinyPipeline.IrNet).Fit(labeller.First().Transform(tagged)));
        Assert.Empty(labeller.Transform(tagged).GetColumn<byte[]>("SemanticMap"));
    }

    [Fact]
    public void A_row_without_image_is_named()
    {
        TaggedRow[] rows = TinyPipeline.Rows(3);
        rows[1].Image = null;
        IDataView tagged = Tag(rows);

        Assert.Contains("row 1, column 'Image'", Assert.Throws<DataSetException>(() => _ml.Transforms.ClassActivationMaps(TinyPipeline.Cam).Fit(tagged)).Message, StringComparison.Ordinal);
        using TransformerChain<ITransformer> labeller = Labeller();
        Assert.Contains("row 1, column 'Image'",
            Assert.Throws<DataSetException>(() => labeller.Transform(tagged).GetColumn<byte[]>("SemanticMap").Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_photograph_that_is_no_image_is_named_by_LoadImages_row()
    {
        string folder = Directory.CreateTempSubdirectory("irnet-test-").FullName;
        File.WriteAllText(Path.Combine(folder, "text.jpg"), "no image");
        IDataView rows = _ml.Data.LoadFromEnumerable(new[] { new { ImagePath = "text.jpg", TagNames = new[] { "cat" } } });
        var pipeline = _ml.Transforms.LoadImages("Image", folder, "ImagePath")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Tags", "TagNames")).Append(_ml.Transforms.ClassActivationMaps(TinyPipeline.Cam));

        Assert.Contains("row 0", Assert.ThrowsAny<IrNetException>(() => pipeline.Fit(rows)).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_tag_the_model_does_not_know_is_named_with_those_it_knows()
    {
        IDataView rows = Tag([new TaggedRow { Image = TinyPipeline.Rows(1)[0].Image, TagNames = ["zebra"] }]);
        using TransformerChain<ITransformer> labeller = Labeller();

        string message = Assert.Throws<DataSetException>(() => labeller.Transform(rows).GetColumn<float[]>("Cam").Count()).Message;
        Assert.Contains("row 0, column 'Tags'", message, StringComparison.Ordinal);
        Assert.Contains("'zebra'", message, StringComparison.Ordinal);
        Assert.Contains("cat, dog", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_in_another_order_mean_the_same_classes()
    {
        TaggedRow[] rows = TinyPipeline.Rows(2);
        using TransformerChain<ITransformer> labeller = Labeller();

        // The dog comes first, so its key is 1 in the data and 2 in the model.
        Assert.Equal([[2u], [1u]], labeller.Transform(Tag([rows[1], rows[0]])).GetColumn<uint[]>("Tags"));
    }

    [Fact]
    public void One_photograph_of_one_class_is_enough()
    {
        IDataView rows = Tag(TinyPipeline.Rows(1));
        using var labeller = _ml.Transforms.ClassActivationMaps(TinyPipeline.Cam).Append(_ml.Transforms.InterPixelRelations(TinyPipeline.IrNet))
            .Append(_ml.Transforms.InstancePseudoLabels()).Append(_ml.Transforms.SemanticPseudoLabels()).Fit(rows);

        Assert.Single(labeller.Transform(rows).GetColumn<byte[]>("SemanticMap"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    public void Extreme_photographs_are_labelled(int height, int width)
    {
        TaggedRow row = new() { Image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, new byte[height * width * 4]), TagNames = ["cat"] };
        using TransformerChain<ITransformer> labeller = Labeller();

        Assert.Equal(height * width, labeller.Transform(Tag([row])).GetColumn<byte[]>("SemanticMap").Single().Length);
    }

    [Fact]
    public void A_threshold_out_of_range_is_named() =>
        Assert.Equal("TagThreshold", Assert.Throws<OptionException>(() => _ml.Transforms.ClassActivationMaps(new() { TagThreshold = 2 })).Subject);

    [Fact]
    public void Weights_that_are_not_there_are_named() =>
        Assert.Equal("nothing.pth", Assert.Throws<OptionException>(() =>
            _ml.Transforms.ClassActivationMaps(TinyPipeline.Cam with { BackboneWeights = "nothing.pth" }).Fit(TinyPipeline.Tagged(_ml, 1))).Subject);

    [Fact]
    public void A_temporary_folder_that_is_not_there_is_named()
    {
        _ml.TempFilePath = "/no/such/folder";

        Assert.Equal("/no/such/folder", Assert.Throws<OutputException>(() =>
            _ml.Transforms.ClassActivationMaps(TinyPipeline.Cam).Fit(TinyPipeline.Tagged(_ml, 1))).Subject);
    }

    [Fact]
    public void Random_weights_are_warned_of()
    {
        var messages = new List<string>();
        _ml.Log += (_, log) => messages.Add(log.Message);
        _ml.Transforms.ClassActivationMaps(TinyPipeline.Cam).Fit(TinyPipeline.Tagged(_ml, 1)).Dispose();

        Assert.Contains(messages, message => message.Contains("random weights", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.Contains("Epoch 1 of 1", StringComparison.Ordinal) && message.Contains("loss", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void A_missing_gpu_is_an_error_or_by_choice_the_cpu()
    {
        Skip.If(torch.cuda.is_available(), "There is a GPU.");
        IDataView rows = TinyPipeline.Tagged(_ml, 1);
        var messages = new List<string>();
        _ml.Log += (_, log) => messages.Add(log.Message);
        _ml.GpuDeviceId = 0;

        Assert.Contains("GpuDeviceId", Assert.Throws<OptionException>(() => _ml.Transforms.ClassActivationMaps(TinyPipeline.Cam).Fit(rows)).Subject, StringComparison.Ordinal);
        _ml.FallbackToCpu = true;
        _ml.Transforms.ClassActivationMaps(TinyPipeline.Cam).Fit(rows).Dispose();
        Assert.Contains(messages, message => message.Contains("the CPU serves instead", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void A_gpu_that_the_walk_misses_is_an_error_or_by_choice_the_cpu()
    {
        Skip.If(torch.cuda.is_available(), "There is a GPU.");
        var messages = new List<string>();
        _ml.Log += (_, log) => messages.Add($"{log.Source}: {log.Message}");
        IDataView maps = _ml.Data.LoadFromEnumerable(new[] { new MapsRow() });
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Tags", "TagNames").Fit(maps).Transform(maps);
        SemanticPseudoLabelTransformer labeller = _ml.Transforms.SemanticPseudoLabels().Fit(keyed);
        _ml.GpuDeviceId = 0;
        Assert.Contains("GpuDeviceId", Assert.Throws<OptionException>(() => labeller.Transform(keyed).GetColumn<byte[]>("SemanticMap").Count()).Subject, StringComparison.Ordinal);

        _ml.FallbackToCpu = true;
        Assert.Single(_ml.Transforms.SemanticPseudoLabels().Fit(keyed).Transform(keyed).GetColumn<byte[]>("SemanticMap"));
        Assert.Contains(messages, message => message.Contains("the CPU serves instead", StringComparison.Ordinal));
    }

    private IDataView Tag(TaggedRow[] rows)
    {
        IDataView view = _ml.Data.LoadFromEnumerable(rows);
        return _ml.Transforms.Conversion.MapValueToKey("Tags", "TagNames").Fit(view).Transform(view);
    }

    private TransformerChain<ITransformer> Labeller() =>
        _ml.Transforms.CreateLabeller(TinyPipeline.CamNetwork(), TinyPipeline.IrNetwork(), ["cat", "dog"], new LabellerOptions
        {
            Cam = new() { Maps = new CamOptions { Scales = [1f] } },
            IrNet = new() { Maps = new() { Canvas = 64 } },
        });

    /// <summary>A photograph of 5 x 7 pixels in maps of 2 x 2 cells.</summary>
    private sealed class MapsRow
    {
        public string[] TagNames { get; set; } = ["cat"];

        [VectorType(2)]
        public int[] ImageSize { get; set; } = [5, 7];

        [VectorType(2)]
        public int[] MapSize { get; set; } = [2, 2];

        public float[] Cam { get; set; } = [1, 0, 0, 0];

        public float[] Boundary { get; set; } = [0, 0, 0, 0];

        public float[] Displacement { get; set; } = new float[8];
    }
}
