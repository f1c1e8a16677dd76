using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Evaluation;

public sealed class InstanceSegmentationEvaluationTests
{
    private static readonly string[] Classes = ["cat", "dog"];

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Numbers_are_those_of_the_evaluators_whatever_order_keys_have() => Prop.ForAll(InstanceGenerators.Photographs, photographs =>
    {
        var instance = new InstanceEvaluator(2);
        var coco = new CocoEvaluator(2, CocoIouKind.Mask);
        var cocoBox = new CocoEvaluator(2, CocoIouKind.Box);
        foreach ((InstanceLabel[] truth, InstanceLabel[] predictions) in photographs)
        {
            instance.Add(truth, predictions);
            coco.Add(truth, predictions);
            cocoBox.Add(truth, predictions);
        }
        InstanceRow[] rows = [.. photographs.Select(photograph => InstanceRow.Of(photograph.Truth, photograph.Predictions, Classes))];
        InstanceSegmentationMetrics metrics = Evaluate(InstanceRow.View(_ml, rows, Classes, ["dog", "bird", "cat"]));
        InstanceMetrics expected = instance.Compute();
        Assert.Equal(photographs.Length, metrics.Images);
        Assert.Equal(expected.Thresholds.Select(result => result.Mean), metrics.Instance.Thresholds.Select(result => result.Mean));
        Assert.Equal((expected.At(0.5).Mean, expected.At(0.75).Mean), (metrics.AP50, metrics.AP75));
        Assert.Equal(Classes.Zip(expected.At(0.5).PerClass), metrics.PerClassAP50.Select(entry => (entry.Key, entry.Value)));
        Assert.Equal(Classes.Zip(expected.At(0.75).PerClass), metrics.PerClassAP75.Select(entry => (entry.Key, entry.Value)));
        Assert.Equal(coco.Compute(), metrics.Coco);
        Assert.Equal(cocoBox.Compute(), metrics.CocoBox);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void The_truth_itself_scores_one_and_columns_can_have_other_names()
    {
        IDataView view = View(Row());
        view = _ml.Transforms.CopyColumns("a", "Label").Append(_ml.Transforms.CopyColumns("b", "BoundingBoxes")).Append(_ml.Transforms.CopyColumns("c", "Masks"))
            .Append(_ml.Transforms.CopyColumns("d", "ImageSize")).Append(_ml.Transforms.SelectColumns("a", "b", "c", "d", "Score")).Fit(view).Transform(view);
        InstanceSegmentationMetrics metrics = Evaluate(view, new()
        {
            LabelColumnName = "a",
            BoundingBoxesColumnName = "b",
            MasksColumnName = "c",
            PredictedLabelColumnName = "a",
            PredictedBoundingBoxesColumnName = "b",
            PredictedMasksColumnName = "c",
            ImageSizeColumnName = "d",
        });
        Assert.Equal((1, 1, 1), (metrics.AP50, metrics.AP75, metrics.PerClassAP75["dog"]));
        Assert.Equal((1.0, 1.0), (Math.Round(metrics.Coco.AP, 9), Math.Round(metrics.CocoBox.AP, 9)));
    }

    [Fact]
    public void Without_box_columns_boxes_are_those_of_the_masks()
    {
        IDataView view = View(Row());
        IDataView without = _ml.Transforms.DropColumns("BoundingBoxes", "PredictedBoundingBoxes").Fit(view).Transform(view);
        Assert.Equal(Evaluate(view).CocoBox, Evaluate(without).CocoBox);
    }

    [Fact]
    public void Without_a_size_column_the_image_has_the_size()
    {
        IDataView view = View(Row());
        using MLImage image = MLImagePixels.ToMLImage(Pictures.Gradient(4, 5));
        IDataView without = _ml.Transforms.DropColumns("ImageSize")
            .Append(_ml.Transforms.CustomMapping<Nothing, WithImage>((_, row) => row.Image = image, null)).Fit(view).Transform(view);
        Assert.Equal(Evaluate(view).Coco, Evaluate(without).Coco);
    }

    [Theory]
    [InlineData("Label", "Key<UInt32>")]
    [InlineData("Masks", "vector of Text")]
    [InlineData("PredictedLabel", "Key<UInt32>")]
    [InlineData("PredictedMasks", "vector of Text")]
    [InlineData("Score", "vector of Single")]
    public void A_column_that_is_missing_or_of_another_type_is_named(string column, string expected)
    {
        IDataView view = View(Row());
        IDataView missing = _ml.Transforms.DropColumns(column).Fit(view).Transform(view);
        IDataView wrong = _ml.Transforms.CopyColumns(column, "ImageSize").Fit(view).Transform(view);
        foreach (IDataView data in (IDataView[])[missing, wrong])
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(data));
            Assert.Contains($"'{column}'", error.Message, StringComparison.Ordinal);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("BoundingBoxes", "vector of Single")]
    [InlineData("ImageSize", "Vector<Int32, 2>")]
    public void An_optional_column_of_another_type_is_named(string column, string expected)
    {
        IDataView view = View(Row());
        IDataView wrong = _ml.Transforms.CopyColumns(column, "Masks").Fit(view).Transform(view);
        Assert.Contains(expected, Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(wrong)).Message, StringComparison.Ordinal);
        IDataView missing = _ml.Transforms.DropColumns("ImageSize").Fit(view).Transform(view);
        Assert.Contains("'Image'", Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(missing)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_found_class_that_is_not_drawn_is_named_with_its_row()
    {
        InstanceRow strange = Row();
        strange.FoundNames = ["dog", "bird"];
        IDataView view = InstanceRow.View(_ml, [Row(), strange], Classes, ["bird", .. Classes]);
        var error = Assert.Throws<DataSetException>(() => Evaluate(view));
        Assert.Equal("row 1, column 'PredictedLabel', instance 1", error.Subject);
        Assert.Contains("'bird'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_with_the_same_name_are_refused()
    {
        IDataView view = View(Row());
        view = new PhotographDataView(new PhotographSet(["cat", "cat"], []), PhotographColumns.Of(new PhotographSet(["cat", "cat"], []), _ => null));
        view = _ml.Transforms.CopyColumns("Label", "PredictedLabel").Append(_ml.Transforms.CopyColumns("Masks", "PredictedMasks")).Fit(view).Transform(view);
        Assert.Equal("column 'Label'", Assert.Throws<DataSetException>(() => Evaluate(view)).Subject);
    }

    [Fact]
    public void Nothing_to_measure_is_no_number()
    {
        InstanceSegmentationMetrics metrics = Evaluate(View());
        Assert.Equal((0, true, true), (metrics.Images, double.IsNaN(metrics.AP50), double.IsNaN(metrics.Coco.AP)));
    }

    [Fact]
    public void A_cancelled_context_ends_the_evaluation()
    {
        // ML.NET keeps it internal; AutoML and its likes call it.
        typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(_ml, null);
        Assert.Throws<OperationCanceledException>(() => Evaluate(View(Row())));
    }

    [SkippableFact]
    public void Real_masks_score_as_when_they_are_measured_directly()
    {
        PhotographSet set = VocDataSet.Load(SharedFolder.Require("data", "voc12-sub"), "train");
        set = set with { Photographs = [.. set.Photographs.Take(8)] };
        // Every object a pixel row short, and every third one missing.
        ImageLabels Shifted(Photograph photograph)
        {
            ImageLabels truth = photograph.ReadGroundTruth!();
            return truth with { Instances = [.. truth.Instances.Where((_, i) => i % 3 != 2).Select((instance, i) => instance with { Score = 1f / (i + 2) })] };
        }
        EvaluationReport expected = LabelEvaluation.Evaluate(set, Shifted);
        IDataView view = new PhotographDataView(set, PhotographColumns.Of(set, Shifted));
        InstanceSegmentationMetrics metrics = Evaluate(view);
        Assert.Equal(expected.Instance.At(0.5).PerClass, metrics.Instance.At(0.5).PerClass);
        Assert.Equal((expected.Coco, expected.CocoBox), (metrics.Coco, metrics.CocoBox));
    }

    private InstanceSegmentationMetrics Evaluate(IDataView data, InstanceSegmentationColumns? columns = null) =>
        _ml.MulticlassClassification.EvaluateInstanceSegmentation(data, columns);

    private IDataView View(params InstanceRow[] rows) => InstanceRow.View(_ml, rows, Classes, Classes);

    private static InstanceRow Row()
    {
        InstanceLabel cat = MaskGenerators.Instance(0, 0.5f, RunLengthMask.FromRowMajor(4, 5, [1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
        InstanceLabel dog = MaskGenerators.Instance(1, 0.75f, RunLengthMask.FromRowMajor(4, 5, [0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
        return InstanceRow.Of([cat, dog], [dog, cat], Classes);
    }

    private sealed class Nothing;

    private sealed class WithImage
    {
        [AnySizeImage]
        public MLImage? Image { get; set; }
    }
}
