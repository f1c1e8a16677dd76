using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Tests.Estimators;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Training;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

[Collection("torch")]
public sealed class MaskRcnnEstimatorTests : IDisposable
{
    private static readonly MaskRcnnEstimatorOptions _options = new()
    {
        LabelColumnName = ColumnNames.Label,
        BoundingBoxesColumnName = ColumnNames.BoundingBoxes,
        MasksColumnName = ColumnNames.Masks,
        Backbone = ToyInstances.Backbone,
        Channels = ToyInstances.Channels,
        BackboneWeights = null,
        Training = ToyInstances.Training,
        Inference = new() { ShorterSide = ToyInstances.Side, LongerSide = ToyInstances.Side, MinimumScore = 0.01f },
    };

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("irnet-test-").FullName;
    private readonly List<string> _messages = [];

    public MaskRcnnEstimatorTests() => _ml.Log += (_, log) => _messages.Add(log.Message);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_fresh_process_loads_the_model_without_registration_and_computes_the_same()
    {
        IDataView photographs = Photographs(3);
        ITransformer model = _ml.Transforms.LoadImages("Image", null, "ImagePath").Fit(photographs).Append(Fit(photographs));
        string path = Path.Combine(_folder, "maskrcnn.zip");
        _ml.Model.Save(model, photographs.Schema, path);

        string[] arguments = [PhotographPath(0), "", PhotographPath(1), ""];
        string here = ModelDump.Describe(_ml, model, arguments);
        Assert.Contains("PredictedMasks", here, StringComparison.Ordinal);
        Assert.Equal(here, FreshProcess.Run([path, .. arguments]));
    }

    [Fact]
    public void Its_columns_are_those_of_the_pseudo_labels()
    {
        IDataView photographs = Photographs(3);
        MaskRcnnTransformer model = Fit(photographs);
        DataViewSchema output = model.GetOutputSchema(photographs.Schema);
        Assert.Equal("Vector<Key<UInt32, 0-1>>", output[ColumnNames.PredictedLabel].Type.ToString());
        Assert.Equal("Vector<Single>", output[ColumnNames.Score].Type.ToString());
        Assert.Equal("Vector<Single>", output[ColumnNames.PredictedBoundingBoxes].Type.ToString());
        Assert.Equal("Vector<String>", output[ColumnNames.PredictedMasks].Type.ToString());
        Assert.Equal(["red", "green"], model.Classes);
        model.Dispose();
    }

    [Fact]
    public void A_prediction_engine_finds_objects()
    {
        MaskRcnnTransformer model = Fit(Photographs(3));
        using PredictionEngine<ImageRow, ObjectRow> engine = _ml.Model.CreatePredictionEngine<ImageRow, ObjectRow>(model);
        ObjectRow found = engine.Predict(new ImageRow { Image = MLImagePixels.ToMLImage(new ToyImages(1, ToyInstances.Side).Load(0)) });
        Assert.NotEmpty(found.PredictedLabel);
        Assert.Equal(4 * found.PredictedLabel.Length, found.PredictedBoundingBoxes.Length);
        Assert.All(found.Score, score => Assert.InRange(score, 0.01f, 1));
        Assert.All(found.PredictedMasks, mask => RunLengthMask.Parse(mask, ToyInstances.Side, ToyInstances.Side));
        model.Dispose();
    }

    [Fact]
    public void A_row_without_instances_is_background_and_a_class_without_example_is_named()
    {
        MaskRcnnTransformer model = Fit(Photographs(3, (index, objects) => index == 0 ? [] : [.. objects.Where(instance => instance.ClassIndex == 0)]));
        Assert.Contains(_messages, message => message.Contains("2 of them background only", StringComparison.Ordinal));
        Assert.Contains(_messages, message => message.Contains("no example of green", StringComparison.Ordinal));
        model.Dispose();
    }

    [Fact]
    public void Without_any_instance_there_is_nothing_to_learn()
    {
        var error = Assert.Throws<DataSetException>(() => Fit(Photographs(3, (_, _) => [])));
        Assert.Contains("no instance", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_box_without_area_and_a_mask_outside_its_box_name_row_and_instance()
    {
        foreach (Func<InstanceLabel, InstanceLabel> spoil in new Func<InstanceLabel, InstanceLabel>[]
        {
            instance => instance with { Box = new BoundingBox(7, 7, 7, 9) },
            instance => instance with { Box = new BoundingBox(1, 1, 3, 3) },
        })
        {
            var error = Assert.Throws<DataSetException>(() => Fit(Photographs(3, (index, objects) => index == 1 ? [spoil(objects[0])] : objects)));
            Assert.Contains("row 1", error.Subject, StringComparison.Ordinal);
            Assert.Contains("instance 0", error.Subject, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_column_of_another_type_is_ML_NETs_schema_error()
    {
        IDataView photographs = Photographs(1);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.MaskRcnn(_options with { MasksColumnName = ColumnNames.Label }).Fit(photographs));
        Assert.Contains(ColumnNames.Label, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_class_count_serve_except_for_the_heads_which_a_warning_names()
    {
        string path = Path.Combine(_folder, "five.safetensors");
        using (MaskRcnnNetwork five = ToyInstances.Network(classes: 5))
            SafeTensors.Write(path, ModuleWeights.Save(five));
        MaskRcnnTransformer model = Fit(Photographs(3), _options with { InitialWeights = path, Cancellation = new CancellationToken(canceled: true) });
        Assert.Contains(_messages, message => message.Contains("start anew", StringComparison.Ordinal) && message.Contains("cls_score", StringComparison.Ordinal));
        using MaskRcnnNetwork same = ToyInstances.Network(classes: 5);
        Assert.Equal(Value(same, "backbone.fpn.inner_blocks.0.0.weight"), Value(model.Network, "backbone.fpn.inner_blocks.0.0.weight"));
        model.Dispose();

        SafeTensors.Write(path, ModuleWeights.Save(ToyInstances.Network().Backbone));
        Assert.Throws<WeightsException>(() => Fit(Photographs(3), _options with { InitialWeights = path }));
    }

    [Fact]
    public void Cancelled_fit_gives_the_model_so_far()
    {
        MaskRcnnTransformer model = Fit(Photographs(3), _options with { Cancellation = new CancellationToken(canceled: true) });
        Assert.Contains(_messages, message => message.Contains("Cancelled", StringComparison.Ordinal));
        model.Dispose();
    }

    [Fact]
    public void Predicting_leaves_no_tensor_and_disposing_frees_the_network()
    {
        IDataView photographs = Photographs(3);
        MaskRcnnTransformer model = Fit(photographs);
        Predict();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long fitted = torch.Tensor.TotalCount;
        Predict();
        Assert.Equal(fitted, torch.Tensor.TotalCount);
        int weights = model.Network.state_dict().Count;
        model.Dispose();
        Assert.InRange(torch.Tensor.TotalCount, 0, fitted - weights);

        void Predict() => Assert.Equal(3, model.Transform(photographs).GetColumn<float[]>(ColumnNames.Score).Count());
    }

    private MaskRcnnTransformer Fit(IDataView photographs, MaskRcnnEstimatorOptions? options = null) =>
        _ml.MulticlassClassification.Trainers.MaskRcnn(options ?? _options).Fit(photographs);

    private string PhotographPath(int index) => Path.Combine(_folder, $"{index}.png");

    private IDataView Photographs(int count, Func<int, InstanceLabel[], InstanceLabel[]>? change = null)
    {
        var images = new ToyImages(count, ToyInstances.Side);
        return _ml.Data.LoadPhotographs(new PhotographSet(["red", "green"], [.. Enumerable.Range(0, count).Select(index =>
        {
            PngFile.Write(PhotographPath(index), images.Load(index));
            InstanceLabel[] objects = ToyInstances.Objects(images.Labels(index));
            return new Photograph($"{index}", PhotographPath(index), images.Tags(index))
            {
                ReadGroundTruth = () => new ImageLabels(change?.Invoke(index, objects) ?? objects, images.Labels(index)),
            };
        })]));
    }

    private static float[] Value(torch.nn.Module network, string name) => network.state_dict()[name].data<float>().ToArray();

    private sealed class ImageRow
    {
        [AnySizeImage]
        public MLImage Image { get; set; } = null!;
    }

    private sealed class ObjectRow
    {
        public uint[] PredictedLabel { get; set; } = [];

        public float[] Score { get; set; } = [];

        public float[] PredictedBoundingBoxes { get; set; } = [];

        public string[] PredictedMasks { get; set; } = [];
    }
}
