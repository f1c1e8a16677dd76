using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Segmentation;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

[Collection("torch")]
public sealed class DeepLabInputTests : IDisposable
{
    private readonly DeepLabBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(nameof(DeepLabBench.PixelRow.Image), ColumnNames.SemanticMap, "'SemanticMap'", "vector of Byte")]
    [InlineData(ColumnNames.SemanticMap, nameof(DeepLabBench.PixelRow.Image), "'Image'", "expected Image")]
    public void A_missing_column_is_ML_NETs_schema_error(string kept, string dropped, string name, string expected)
    {
        IDataView rows = _bench.Rows(1);
        IDataView fewer = _bench.Context.Transforms.DropColumns(dropped).Fit(rows).Transform(rows);
        Assert.Contains(fewer.Schema, column => column.Name == kept);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _bench.Fit(fewer));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _bench.Fit(_bench.Rows(1), DeepLabBench.Options with { ValidationSet = fewer }));
    }

    [Fact]
    public void Classes_have_the_names_of_a_column_of_keys_or_else_of_the_option()
    {
        IDataView photographs = _bench.Photographs(3);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        DeepLabEstimatorOptions options = DeepLabBench.Options with { ClassNames = null, LabelColumnName = ColumnNames.SemanticLabel, Cancellation = cancelled.Token };
        DeepLabTransformer byKeys = _bench.Fit(photographs, options);
        Assert.Equal(["red", "green"], byKeys.Classes);
        byKeys.Dispose();

        var error = Assert.Throws<OptionException>(() => _bench.Fit(_bench.Rows(1), DeepLabBench.Options with { ClassNames = null }));
        Assert.Equal(nameof(DeepLabEstimatorOptions.ClassNames), error.Subject);
        Assert.Contains("Tags", error.Message, StringComparison.Ordinal);
        Assert.Throws<OptionException>(() => _bench.Fit(_bench.Rows(1), DeepLabBench.Options with { ClassNames = ["red", "red"] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => _bench.Fit(_bench.Rows(1), DeepLabBench.Options with { KeyColumnName = "Nothing" }));
    }

    [Fact]
    public void A_map_of_another_size_names_row_and_column()
    {
        var error = Assert.Throws<DataSetException>(() => _bench.Fit(_bench.Rows(3, (index, map) => index == 1 ? map[1..] : map)));
        Assert.Equal("row 1, column 'SemanticMap'", error.Subject);
        Assert.Contains($"{DeepLabBench.Side * DeepLabBench.Side - 1} pixels", error.Message, StringComparison.Ordinal);
        Assert.Contains("row 2", Assert.Throws<DataSetException>(() => _bench.Fit(_bench.Rows(3, (index, map) => index == 2 ? [] : map))).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_beyond_the_classes_names_row_and_label()
    {
        var error = Assert.Throws<DataSetException>(() => _bench.Fit(_bench.Rows(3, (index, map) => index == 2 ? [3, .. map[1..]] : map)));
        Assert.Equal("row 2, column 'SemanticMap'", error.Subject);
        Assert.Contains("label 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_labelled_pixel_there_is_nothing_to_learn()
    {
        var error = Assert.Throws<DataSetException>(() => _bench.Fit(_bench.Rows(3, (_, map) => [.. map.Select(_ => LabelMap.Void)])));
        Assert.Equal("column 'SemanticMap'", error.Subject);
        Assert.Contains("no labelled pixel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_rows_and_a_row_without_image_are_data_set_errors()
    {
        Assert.Contains("no rows", Assert.Throws<DataSetException>(() => _bench.Fit(_bench.Rows(0))).Message, StringComparison.Ordinal);
        DeepLabBench.PixelRow[] rows = [new() { SemanticMap = new byte[DeepLabBench.Side * DeepLabBench.Side] }];
        Assert.Equal("row 0, column 'Image'", Assert.Throws<DataSetException>(() => _bench.Fit(_bench.Context.Data.LoadFromEnumerable(rows))).Subject);
    }

    [Fact]
    public void A_class_without_example_is_warned_of()
    {
        _bench.Fit(_bench.Rows(2, (_, map) => [.. map.Select(label => label == 2 ? (byte)0 : label)])).Dispose();
        Assert.Contains(_bench.Messages, message => message.Contains("no example of green", StringComparison.Ordinal));
    }

    [Fact]
    public void Weights_of_another_class_count_serve_except_for_the_last_layers_which_a_warning_names()
    {
        string path = _bench.Folder.At("five.safetensors");
        using (DeepLabNetwork five = TinyDeepLab.Network(classes: 5, seed: 9))
            SafeTensors.Write(path, ModuleWeights.Save(five));
        DeepLabTransformer model = _bench.Fit(_bench.Rows(2), DeepLabBench.Options with { InitialWeights = path, Cancellation = new CancellationToken(canceled: true) });
        string warning = Assert.Single(_bench.Messages, message => message.Contains("start anew", StringComparison.Ordinal));
        Assert.All(new[] { "classifier.4.weight", "classifier.4.bias", "aux_classifier.4.weight" }, name => Assert.Contains(name, warning, StringComparison.Ordinal));
        Assert.DoesNotContain("classifier.1.weight", warning, StringComparison.Ordinal);
        using DeepLabNetwork same = TinyDeepLab.Network(classes: 5, seed: 9);
        Assert.All(new[] { "backbone.layer4.1.conv2.weight", "classifier.0.project.0.weight" }, name => Assert.Equal(Value(same, name), Value(model.Network, name)));
        model.Dispose();

        SafeTensors.Write(path, new StateDict(ModuleWeights.Save(same).Values.Where(tensor => tensor.Name != "backbone.conv1.weight")));
        Assert.Throws<WeightsException>(() => _bench.Fit(_bench.Rows(2), DeepLabBench.Options with { InitialWeights = path }));
        Assert.Throws<WeightsException>(() => _bench.Fit(_bench.Rows(2), DeepLabBench.Options with { InitialWeights = _bench.Folder.At("nothing.pth") }));
    }

    [Fact]
    public void Unknown_heads_are_refused() => Assert.Equal(nameof(DeepLabEstimatorOptions.Head),
        Assert.Throws<OptionException>(() => _bench.Context.MulticlassClassification.Trainers.DeepLab(DeepLabBench.Options with { Head = (DeepLabHead)7 })).Subject);

    private static float[] Value(torch.nn.Module network, string name) => network.state_dict()[name].data<float>().ToArray();
}
