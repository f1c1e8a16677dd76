using System.IO.Compression;
using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Segmentation;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Tests.Estimators;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Training;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

[Collection("torch")]
public sealed class DeepLabEstimatorTests : IDisposable
{
    private readonly DeepLabBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(DeepLabHead.V3, true)]
    [InlineData(DeepLabHead.V2, false)]
    public void A_fresh_process_loads_the_model_without_registration_and_computes_the_same(DeepLabHead head, bool auxiliary)
    {
        IDataView photographs = _bench.Photographs(3);
        DeepLabTransformer fitted = _bench.Fit(photographs, DeepLabBench.Options with { Head = head, Auxiliary = auxiliary, LabelColumnName = ColumnNames.SemanticLabel });
        ITransformer model = _bench.Context.Transforms.LoadImages("Image", null, "ImagePath").Fit(photographs).Append(fitted);
        string path = _bench.Folder.At("deeplab.zip");
        _bench.Context.Model.Save(model, photographs.Schema, path);

        string[] arguments = [_bench.PathOf(0), "", _bench.PathOf(1), ""];
        string here = ModelDump.Describe(_bench.Context, model, arguments);
        Assert.Contains("SemanticMap", here, StringComparison.Ordinal);
        Assert.Equal(here, FreshProcess.Run([path, .. arguments]));
        fitted.Dispose();
    }

    [Fact]
    public void A_loaded_model_is_the_one_that_was_saved()
    {
        DeepLabTransformer fitted = _bench.Fit(_bench.Photographs(3), DeepLabBench.Options with { LabelColumnName = ColumnNames.SemanticLabel, SemanticMapColumnName = "Map" });
        string path = _bench.Folder.At("deeplab.zip");
        _bench.Context.Model.Save(fitted, null, path);
        var loaded = (DeepLabTransformer)_bench.Context.Model.Load(path, out _);
        Assert.Equal(["red", "green"], loaded.Classes);
        Assert.Equal(("Map", fitted.Options.Inference), (loaded.Options.SemanticMapColumnName, loaded.Options.Inference));
        Assert.Equal(TinyNetworks.Bytes(fitted.Network), TinyNetworks.Bytes(loaded.Network));
        Assert.Equal(fitted.Network.Backbone.TapStrides, loaded.Network.Backbone.TapStrides);
        using (ZipArchive zip = ZipFile.OpenRead(path))
            Assert.Contains(zip.Entries, entry => entry.Name == "weights.safetensors");
        loaded.Dispose();
        fitted.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _bench.Context.Model.Save(fitted, null, path));
    }

    [Fact]
    public void Its_column_is_that_of_the_pseudo_labels()
    {
        IDataView rows = _bench.Rows(2);
        DeepLabTransformer model = _bench.Fit(rows);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Byte), model.GetOutputSchema(rows.Schema)[ColumnNames.SemanticMap].Type);
        Assert.All(model.Transform(rows).GetColumn<byte[]>(ColumnNames.SemanticMap), map =>
        {
            Assert.Equal(DeepLabBench.Side * DeepLabBench.Side, map.Length);
            Assert.All(map, label => Assert.InRange(label, 0, 2));
        });
        SchemaShape shape = _bench.Context.MulticlassClassification.Trainers.DeepLab("Drawn").GetOutputSchema(
            SchemaShapes.Of(_bench.Context.Transforms.CopyColumns("Drawn", ColumnNames.SemanticMap).Fit(rows).Transform(rows).Schema));
        Assert.Single(shape, column => column.Name == ColumnNames.SemanticMap);
        model.Dispose();
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
        IDataView rows = _bench.Rows(3);
        DeepLabTransformer model = _bench.Fit(rows, DeepLabBench.Options with { Training = DeepLabBench.Options.Training! with { Steps = 100_000 }, Progress = seen, Cancellation = cancel.Token });
        Assert.Contains(_bench.Messages, message => message.Contains("Cancelled", StringComparison.Ordinal));
        Assert.InRange(seen.Reports.Count, 1, 3);
        Assert.Equal(3, model.Transform(rows).GetColumn<byte[]>(ColumnNames.SemanticMap).Count());
        model.Dispose();
        _bench.Fit(rows, DeepLabBench.Options with { Cancellation = new CancellationToken(canceled: true) }).Dispose();
    }

    [Fact]
    public void A_validation_set_is_scored_by_the_names_of_its_classes()
    {
        // The validation's keys are in another order than the training's, and so are the labels of its maps.
        IDataView training = _bench.Photographs(4), validation = _bench.Photographs(4, turned: true);
        var seen = new Recorder();
        DeepLabTransformer model = _bench.Fit(training, DeepLabBench.Options with { ClassNames = null, LabelColumnName = ColumnNames.SemanticLabel, ValidationSet = validation, Progress = seen });
        double score = Assert.Single(seen.Reports.Select(report => report.Validation), value => value is not null)!.Value;
        IDataView labelled = model.Transform(training);
        Assert.Equal(score, _bench.Context.MulticlassClassification.EvaluateSemanticSegmentation(labelled).MeanIoU, 9);
        Assert.Contains(_bench.Messages, message => message.Contains("Validation after step", StringComparison.Ordinal));
        model.Dispose();
    }

    [Fact]
    public void Predicting_leaves_no_tensor_and_disposing_frees_the_network()
    {
        IDataView rows = _bench.Rows(3);
        DeepLabTransformer model = _bench.Fit(rows);
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
}
