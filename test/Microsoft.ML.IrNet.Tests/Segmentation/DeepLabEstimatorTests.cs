using System.IO.Compression;
using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Segmentation;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Tests.Estimators;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Training;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

[Collection("torch")]
public sealed class DeepLabEstimatorTests : IDisposable
{
    private const int Side = 48;

    private static readonly DeepLabEstimatorOptions _options = new()
    {
        ClassNames = ["red", "green"],
        Backbone = TinyDeepLab.Shape,
        BackboneWeights = null,
        Training = TinyDeepLab.Recipe with { Steps = 2, BatchSize = 2 },
        Inference = new() { ShorterSide = Side },
    };

    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _messages = [];

    public DeepLabEstimatorTests() => _ml.Log += (_, log) => _messages.Add(log.Message);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DeepLabHead.V3, true)]
    [InlineData(DeepLabHead.V2, false)]
    public void A_fresh_process_loads_the_model_without_registration_and_computes_the_same(DeepLabHead head, bool auxiliary)
    {
        IDataView photographs = Photographs(3);
        DeepLabTransformer fitted = Fit(photographs, _options with { Head = head, Auxiliary = auxiliary, LabelColumnName = ColumnNames.SemanticLabel });
        ITransformer model = _ml.Transforms.LoadImages("Image", null, "ImagePath").Fit(photographs).Append(fitted);
        string path = _folder.At("deeplab.zip");
        _ml.Model.Save(model, photographs.Schema, path);

        string[] arguments = [PhotographPath(0), "", PhotographPath(1), ""];
        string here = ModelDump.Describe(_ml, model, arguments);
        Assert.Contains("SemanticMap", here, StringComparison.Ordinal);
        Assert.Equal(here, FreshProcess.Run([path, .. arguments]));
        fitted.Dispose();
    }

    [Fact]
    public void A_loaded_model_is_the_one_that_was_saved()
    {
        DeepLabTransformer fitted = Fit(Photographs(3), _options with { LabelColumnName = ColumnNames.SemanticLabel, SemanticMapColumnName = "Map" });
        string path = _folder.At("deeplab.zip");
        _ml.Model.Save(fitted, null, path);
        var loaded = (DeepLabTransformer)_ml.Model.Load(path, out _);
        Assert.Equal(["red", "green"], loaded.Classes);
        Assert.Equal(("Map", fitted.Options.Inference), (loaded.Options.SemanticMapColumnName, loaded.Options.Inference));
        Assert.Equal(TinyNetworks.Bytes(fitted.Network), TinyNetworks.Bytes(loaded.Network));
        Assert.Equal(fitted.Network.Backbone.TapStrides, loaded.Network.Backbone.TapStrides);
        using (ZipArchive zip = ZipFile.OpenRead(path))
            Assert.Contains(zip.Entries, entry => entry.Name == "weights.safetensors");
        loaded.Dispose();
        fitted.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _ml.Model.Save(fitted, null, path));
    }

    [Fact]
    public void Its_column_is_that_of_the_pseudo_labels()
    {
        IDataView rows = Rows(2);
        DeepLabTransformer model = Fit(rows);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Byte), model.GetOutputSchema(rows.Schema)[ColumnNames.SemanticMap].Type);
        Assert.All(model.Transform(rows).GetColumn<byte[]>(ColumnNames.SemanticMap), map =>
        {
            Assert.Equal(Side * Side, map.Length);
            Assert.All(map, label => Assert.InRange(label, 0, 2));
        });
        SchemaShape shape = _ml.MulticlassClassification.Trainers.DeepLab("Drawn").GetOutputSchema(
            SchemaShapes.Of(_ml.Transforms.CopyColumns("Drawn", ColumnNames.SemanticMap).Fit(rows).Transform(rows).Schema));
        Assert.Single(shape, column => column.Name == ColumnNames.SemanticMap);
        model.Dispose();
    }

    [Theory]
    [InlineData(nameof(PixelRow.Image), ColumnNames.SemanticMap, "'SemanticMap'", "vector of Byte")]
    [InlineData(ColumnNames.SemanticMap, nameof(PixelRow.Image), "'Image'", "expected Image")]
    public void A_missing_column_is_ML_NETs_schema_error(string kept, string dropped, string name, string expected)
    {
        IDataView rows = Rows(1);
        IDataView fewer = _ml.Transforms.DropColumns(dropped).Fit(rows).Transform(rows);
        Assert.Contains(fewer.Schema, column => column.Name == kept);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Fit(fewer));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(Rows(1), _options with { ValidationSet = fewer }));
    }

    [Fact]
    public void Classes_have_the_names_of_a_column_of_keys_or_else_of_the_option()
    {
        IDataView photographs = Photographs(3);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        DeepLabEstimatorOptions options = _options with { ClassNames = null, LabelColumnName = ColumnNames.SemanticLabel, Cancellation = cancelled.Token };
        DeepLabTransformer byKeys = Fit(photographs, options);
        Assert.Equal(["red", "green"], byKeys.Classes);
        byKeys.Dispose();

        var error = Assert.Throws<OptionException>(() => Fit(Rows(1), _options with { ClassNames = null }));
        Assert.Equal(nameof(DeepLabEstimatorOptions.ClassNames), error.Subject);
        Assert.Contains("Tags", error.Message, StringComparison.Ordinal);
        Assert.Throws<OptionException>(() => Fit(Rows(1), _options with { ClassNames = ["red", "red"] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(Rows(1), _options with { KeyColumnName = "Nothing" }));
    }

    [Fact]
    public void A_map_of_another_size_names_row_and_column()
    {
        var error = Assert.Throws<DataSetException>(() => Fit(Rows(3, (index, map) => index == 1 ? map[1..] : map)));
        Assert.Equal("row 1, column 'SemanticMap'", error.Subject);
        Assert.Contains($"{Side * Side - 1} pixels", error.Message, StringComparison.Ordinal);
        Assert.Contains("row 2", Assert.Throws<DataSetException>(() => Fit(Rows(3, (index, map) => index == 2 ? [] : map))).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_beyond_the_classes_names_row_and_label()
    {
        var error = Assert.Throws<DataSetException>(() => Fit(Rows(3, (index, map) => index == 2 ? [3, .. map[1..]] : map)));
        Assert.Equal("row 2, column 'SemanticMap'", error.Subject);
        Assert.Contains("label 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_labelled_pixel_there_is_nothing_to_learn()
    {
        var error = Assert.Throws<DataSetException>(() => Fit(Rows(3, (_, map) => [.. map.Select(_ => LabelMap.Void)])));
        Assert.Equal("column 'SemanticMap'", error.Subject);
        Assert.Contains("no labelled pixel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_rows_and_a_row_without_image_are_data_set_errors()
    {
        Assert.Contains("no rows", Assert.Throws<DataSetException>(() => Fit(Rows(0))).Message, StringComparison.Ordinal);
        PixelRow[] rows = [new() { SemanticMap = new byte[Side * Side] }];
        Assert.Equal("row 0, column 'Image'", Assert.Throws<DataSetException>(() => Fit(_ml.Data.LoadFromEnumerable(rows))).Subject);
    }

    [Fact]
    public void A_class_without_example_is_warned_of()
    {
        Fit(Rows(2, (_, map) => [.. map.Select(label => label == 2 ? (byte)0 : label)])).Dispose();
        Assert.Contains(_messages, message => message.Contains("no example of green", StringComparison.Ordinal));
    }

    [Fact]
    public void Weights_of_another_class_count_serve_except_for_the_last_layers_which_a_warning_names()
    {
        string path = _folder.At("five.safetensors");
        using (DeepLabNetwork five = TinyDeepLab.Network(classes: 5, seed: 9))
            SafeTensors.Write(path, ModuleWeights.Save(five));
        DeepLabTransformer model = Fit(Rows(2), _options with { InitialWeights = path, Cancellation = new CancellationToken(canceled: true) });
        string warning = Assert.Single(_messages, message => message.Contains("start anew", StringComparison.Ordinal));
        Assert.All(new[] { "classifier.4.weight", "classifier.4.bias", "aux_classifier.4.weight" }, name => Assert.Contains(name, warning, StringComparison.Ordinal));
        Assert.DoesNotContain("classifier.1.weight", warning, StringComparison.Ordinal);
        using DeepLabNetwork same = TinyDeepLab.Network(classes: 5, seed: 9);
        Assert.All(new[] { "backbone.layer4.1.conv2.weight", "classifier.0.project.0.weight" }, name => Assert.Equal(Value(same, name), Value(model.Network, name)));
        model.Dispose();

        SafeTensors.Write(path, new StateDict(ModuleWeights.Save(same).Values.Where(tensor => tensor.Name != "backbone.conv1.weight")));
        Assert.Throws<WeightsException>(() => Fit(Rows(2), _options with { InitialWeights = path }));
        Assert.Throws<WeightsException>(() => Fit(Rows(2), _options with { InitialWeights = _folder.At("nothing.pth") }));
    }

    [Fact]
    public void Cancelled_fit_gives_the_model_so_far()
    {
        using var cancel = new CancellationTokenSource();
        var seen = new Recorder(report =>
        {
            if (report.Step == 1)
                cancel.Cancel();
        });
        IDataView rows = Rows(3);
        DeepLabTransformer model = Fit(rows, _options with { Training = _options.Training! with { Steps = 100_000 }, Progress = seen, Cancellation = cancel.Token });
        Assert.Contains(_messages, message => message.Contains("Cancelled", StringComparison.Ordinal));
        Assert.InRange(seen.Reports.Count, 1, 3);
        Assert.Equal(3, model.Transform(rows).GetColumn<byte[]>(ColumnNames.SemanticMap).Count());
        model.Dispose();
        Fit(rows, _options with { Cancellation = new CancellationToken(canceled: true) }).Dispose();
    }

    [Fact]
    public void A_validation_set_is_scored_by_the_names_of_its_classes()
    {
        // The validation's keys are in another order than the training's, and so are the labels of its maps.
        IDataView training = Photographs(4), validation = Photographs(4, ["green", "red"]);
        var seen = new Recorder();
        DeepLabTransformer model = Fit(training, _options with { ClassNames = null, LabelColumnName = ColumnNames.SemanticLabel, ValidationSet = validation, Progress = seen });
        double score = Assert.Single(seen.Reports.Select(report => report.Validation), value => value is not null)!.Value;
        IDataView labelled = model.Transform(training);
        Assert.Equal(score, _ml.MulticlassClassification.EvaluateSemanticSegmentation(labelled).MeanIoU, 9);
        Assert.Contains(_messages, message => message.Contains("Validation after step", StringComparison.Ordinal));
        model.Dispose();
    }

    [Fact]
    public void Predicting_leaves_no_tensor_and_disposing_frees_the_network()
    {
        IDataView rows = Rows(3);
        DeepLabTransformer model = Fit(rows);
        Predict();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long fitted = torch.Tensor.TotalCount;
        Predict();
        Assert.Equal(fitted, torch.Tensor.TotalCount);
        int weights = model.Network.state_dict().Count;
        model.Dispose();
        Assert.InRange(torch.Tensor.TotalCount, 0, fitted - weights);

        void Predict() => Assert.Equal(3, model.Transform(rows).GetColumn<byte[]>(ColumnNames.SemanticMap).Count());
    }

    [Fact]
    public void Unknown_heads_are_refused() => Assert.Equal(nameof(DeepLabEstimatorOptions.Head),
        Assert.Throws<OptionException>(() => _ml.MulticlassClassification.Trainers.DeepLab(_options with { Head = (DeepLabHead)7 })).Subject);

    private DeepLabTransformer Fit(IDataView rows, DeepLabEstimatorOptions? options = null) =>
        _ml.MulticlassClassification.Trainers.DeepLab(options ?? _options).Fit(rows);

    private IDataView Rows(int count, Func<int, byte[], byte[]>? change = null)
    {
        var images = new ToyImages(count, Side);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(index => new PixelRow
        {
            Image = MLImagePixels.ToMLImage(images.Load(index)),
            SemanticMap = change?.Invoke(index, images.Labels(index).Labels) ?? images.Labels(index).Labels,
        }).ToArray());
    }

    private string PhotographPath(int index) => _folder.At($"{index}.png");

    private IDataView Photographs(int count, string[]? classes = null)
    {
        var images = new ToyImages(count, Side);
        bool turned = classes?[0] == "green";
        return _ml.Data.LoadPhotographs(new PhotographSet(classes ?? ["red", "green"], [.. Enumerable.Range(0, count).Select(index =>
        {
            PngFile.Write(PhotographPath(index), images.Load(index));
            byte[] labels = Array.ConvertAll(images.Labels(index).Labels, label => turned && label > 0 ? (byte)(3 - label) : label);
            return new Photograph($"{index}", PhotographPath(index), images.Tags(index))
            {
                ReadGroundTruth = () => new([], new LabelMap(Side, Side, labels)),
            };
        })]));
    }

    private static float[] Value(torch.nn.Module network, string name) => network.state_dict()[name].data<float>().ToArray();

    private sealed class PixelRow
    {
        [AnySizeImage]
        public MLImage? Image { get; set; }

        public byte[] SemanticMap { get; set; } = [];
    }
}
