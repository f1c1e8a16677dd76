using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Estimators;

/// <summary>
/// Our columns against what Microsoft.ML.TorchSharp's ObjectDetection documents. Its trainer takes a label that is a variable vector of UInt32 keys, from 1 on and with KeyValues, boxes that are a variable vector of
/// Single in the order x0 y0 x1 y1, and an MLImage; it puts out PredictedLabel, Score and PredictedBoundingBoxes of the same types.
/// </summary>
[Collection("torch")]
public sealed class ObjectDetectionColumnsTests : IDisposable
{
    private static readonly string[] Classes = ["cat", "dog"];

    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();
    private readonly PhotographSet _set;
    private readonly TransformerChain<ITransformer> _labeller;

    public ObjectDetectionColumnsTests()
    {
        _set = new PhotographSet(Classes, [.. Enumerable.Range(0, 3).Select(index =>
        {
            string path = _folder.At($"p{index}.png");
            PngFile.Write(path, TinyPipeline.Photograph(index));
            return new Photograph($"p{index}", path, [index % 2]) { ReadGroundTruth = () => Drawn(index % 2) };
        })]);
        _labeller = _ml.Transforms.CreateLabeller(
            new CamNetwork(new CountingBackbone(), 2), new IrNetwork(new CountingBackbone()), Classes,
            new LabellerOptions { Cam = new() { Maps = new CamOptions { Scales = [1f], Flip = false } }, IrNet = new() { Maps = new() { Canvas = 64 } } });
    }

    public void Dispose()
    {
        _labeller.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Pseudo_labels_are_what_its_trainer_takes_and_what_it_puts_out()
    {
        IDataView labelled = Labelled();
        AssertTrainable(labelled, "PredictedLabel", "PredictedBoundingBoxes");
        AssertPredictions(labelled);
        SchemaShape shape = _ml.Transforms.InstancePseudoLabels().GetOutputSchema(SchemaShapes.Of(labelled.Schema));
        AssertVariable(shape, "PredictedLabel", typeof(uint));
        AssertVariable(shape, "PredictedBoundingBoxes", typeof(float));
        AssertVariable(shape, "Score", typeof(float));
    }

    [Fact]
    public void Labels_that_are_loaded_are_what_its_trainer_takes_and_what_it_puts_out()
    {
        WriteLabels();
        IDataView loaded = _ml.Data.LoadLabels(_folder.At("labels"), _set);
        AssertTrainable(loaded, "PredictedLabel", "PredictedBoundingBoxes");
        AssertPredictions(loaded);
    }

    [Fact]
    public void Drawn_masks_are_what_its_trainer_takes() =>
        AssertTrainable(_ml.Data.LoadPhotographs(_set), "Label", "BoundingBoxes");

    // It counts the keys that occur and takes that for the number of classes.
    [Fact]
    public void Keys_can_be_narrowed_to_those_that_occur()
    {
        PhotographSet dogs = _set with { Photographs = [_set.Photographs[1]] };
        IDataView view = _ml.Data.LoadPhotographs(dogs);
        IDataView narrowed = _ml.Transforms.Conversion.MapKeyToValue("Name", "Label").Append(_ml.Transforms.Conversion.MapValueToKey("Class", "Name")).Fit(view).Transform(view);
        AssertTrainable(narrowed, "Class", "BoundingBoxes");
        Assert.Equal([1u], narrowed.GetColumn<uint[]>("Class").SelectMany(keys => keys).Distinct());
    }

    [Fact]
    public void A_labellers_columns_and_the_labels_it_wrote_are_measured_alike()
    {
        WriteLabels();
        IDataView loaded = _ml.Data.LoadLabels(_folder.At("labels"), _set);
        InstanceSegmentationMetrics now = _ml.MulticlassClassification.EvaluateInstanceSegmentation(Labelled());
        InstanceSegmentationMetrics later = _ml.MulticlassClassification.EvaluateInstanceSegmentation(loaded);
        Assert.Equal(3, now.Images);
        Assert.Equal((now.AP50, now.Coco, now.CocoBox), (later.AP50, later.Coco, later.CocoBox));
        Assert.Equal(now.PerClassAP50, later.PerClassAP50);
        Assert.Equal(_ml.MulticlassClassification.EvaluateSemanticSegmentation(Labelled()).PerClassIoU,
            _ml.MulticlassClassification.EvaluateSemanticSegmentation(loaded).PerClassIoU);
    }

    private IDataView Labelled() => _labeller.Transform(_ml.Data.LoadPhotographs(_set));

    private void WriteLabels()
    {
        using var writer = new LabelFolderWriter(_folder.At("labels"), Classes);
        foreach ((LabelledRow row, Photograph photograph) in _ml.Data.CreateEnumerable<LabelledRow>(Labelled(), reuseRowObject: false).Zip(_set.Photographs))
        {
            var instances = row.PredictedMasks.Select((mask, i) => new InstanceLabel((int)row.PredictedLabel[i] - 1, row.Score[i],
                new BoundingBox(row.PredictedBoundingBoxes[4 * i], row.PredictedBoundingBoxes[4 * i + 1], row.PredictedBoundingBoxes[4 * i + 2], row.PredictedBoundingBoxes[4 * i + 3]),
                RunLengthMask.Parse(mask, row.ImageSize[0], row.ImageSize[1])));
            writer.Add(photograph.Name, Path.GetFileName(photograph.Path), row.ImageSize[0], row.ImageSize[1],
                new ImageLabels([.. instances], new LabelMap(row.ImageSize[0], row.ImageSize[1], row.SemanticMap)));
        }
        writer.Complete();
    }

    private static ImageLabels Drawn(int classIndex)
    {
        byte[] mask = new byte[TinyPipeline.Height * TinyPipeline.Width];
        mask.AsSpan(0, mask.Length / 2).Fill(1);
        RunLengthMask half = RunLengthMask.FromRowMajor(TinyPipeline.Height, TinyPipeline.Width, mask);
        InstanceLabel instance = new(classIndex, 1, half.ComputeBox(), half);
        return new ImageLabels([instance], InstanceMaps.Semantic(TinyPipeline.Height, TinyPipeline.Width, [instance]));
    }

    // What its Fit checks, and how it reads.
    private static void AssertTrainable(IDataView data, string label, string boxes)
    {
        SchemaShape shape = SchemaShapes.Of(data.Schema);
        AssertVariable(shape, label, typeof(uint));
        AssertVariable(shape, boxes, typeof(float));
        Assert.Equal(typeof(MLImage), data.Schema["Image"].Type.RawType);
        VBuffer<ReadOnlyMemory<char>> names = default;
        data.Schema[label].GetKeyValues(ref names);
        Assert.True(shape.Single(column => column.Name == label).IsKey);
        int instances = 0;
        using DataViewRowCursor cursor = data.GetRowCursor([data.Schema[label], data.Schema[boxes], data.Schema["Image"]]);
        ValueGetter<VBuffer<uint>> readLabels = cursor.GetGetter<VBuffer<uint>>(data.Schema[label]);
        ValueGetter<VBuffer<float>> readBoxes = cursor.GetGetter<VBuffer<float>>(data.Schema[boxes]);
        ValueGetter<MLImage> readImage = cursor.GetGetter<MLImage>(data.Schema["Image"]);
        while (cursor.MoveNext())
        {
            (VBuffer<uint> keys, VBuffer<float> sides, MLImage image) = (default, default, null!);
            readLabels(ref keys);
            readBoxes(ref sides);
            readImage(ref image);
            // It reads only the explicit values.
            Assert.True(keys.IsDense && sides.IsDense);
            Assert.Equal(4 * keys.Length, sides.Length);
            Assert.All(keys.DenseValues(), key => Assert.InRange(key, 1u, (uint)names.Length));
            Assert.Equal(image.Height * image.Width * 3, image.GetBGRPixels.Length);
            foreach (float[] box in sides.DenseValues().Chunk(4))
                Assert.True(0 <= box[0] && box[0] < box[2] && box[2] <= image.Width && 0 <= box[1] && box[1] < box[3] && box[3] <= image.Height);
            instances += keys.Length;
            image.Dispose();
        }
        Assert.True(instances > 0);
    }

    // What its transformer states of its own columns.
    private static void AssertPredictions(IDataView data)
    {
        SchemaShape shape = SchemaShapes.Of(data.Schema);
        AssertVariable(shape, "PredictedLabel", typeof(uint));
        AssertVariable(shape, "Score", typeof(float));
        AssertVariable(shape, "PredictedBoundingBoxes", typeof(float));
        Assert.Equal(data.GetColumn<float[]>("Score").Select(scores => scores.Length), data.GetColumn<uint[]>("PredictedLabel").Select(keys => keys.Length));
    }

    private static void AssertVariable(SchemaShape shape, string name, Type item)
    {
        SchemaShape.Column column = shape.Single(column => column.Name == name);
        Assert.Equal((SchemaShape.Column.VectorKind.VariableVector, item), (column.Kind, column.ItemType.RawType));
    }
}
