using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Data;

public sealed class TruthColumnsTests : IDisposable
{
    private static readonly string[] Columns = ["Label", "BoundingBoxes", "Masks", "SemanticLabel"];

    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();
    private int _reads;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Drawn_masks_are_columns_of_the_documented_types()
    {
        DataViewSchema schema = View().Schema;
        Assert.Equal(["ImagePath", "Image", "Tags", .. Columns, "ImageSize"], schema.Select(column => column.Name));
        var label = Assert.IsType<VectorDataViewType>(schema["Label"].Type);
        Assert.Equal((false, 2ul), (label.IsKnownSize, Assert.IsType<KeyDataViewType>(label.ItemType).Count));
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["Label"].GetKeyValues(ref names);
        Assert.Equal(["cat", "dog"], names.DenseValues().Select(name => name.ToString()));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single), schema["BoundingBoxes"].Type);
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance), schema["Masks"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Byte), schema["SemanticLabel"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Int32, 2), schema["ImageSize"].Type);
    }

    [Fact]
    public void Values_are_those_of_the_instances_and_the_map()
    {
        TruthRow row = _ml.Data.CreateEnumerable<TruthRow>(View(), reuseRowObject: false).First();
        ImageLabels truth = Truth();
        Assert.Equal([2u, 1u], row.Label);
        Assert.Equal([2f, 0f, 3f, 3f, 0f, 0f, 2f, 1f], row.BoundingBoxes);
        Assert.Equal(truth.Instances.Take(2).Select(instance => instance.Mask.Counts), row.Masks.Select(mask => RunLengthMask.Parse(mask, 4, 5).Counts));
        Assert.Equal(truth.Semantic.Labels, row.SemanticLabel);
        Assert.Equal([4, 5], row.ImageSize);
    }

    [Fact]
    public void Crowds_are_no_instances_and_are_void()
    {
        Assert.Contains(Truth().Instances, instance => instance.IsCrowd);
        TruthRow row = _ml.Data.CreateEnumerable<TruthRow>(View(), reuseRowObject: false).First();
        Assert.Equal(2, row.Masks.Length);
        Assert.Equal(LabelMap.Void, row.SemanticLabel[19]);
    }

    [Fact]
    public void A_photograph_without_drawn_masks_has_empty_vectors()
    {
        TruthRow row = _ml.Data.CreateEnumerable<TruthRow>(View(), reuseRowObject: false).Last();
        Assert.Equal((0, 0, 0, 0), (row.Label.Length, row.BoundingBoxes.Length, row.Masks.Length, row.SemanticLabel.Length));
        Assert.Equal([4, 5], row.ImageSize);
    }

    [Fact]
    public void Masks_are_read_once_a_row_whatever_is_asked_for_and_not_before()
    {
        IDataView view = View();
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema.Where(column => Columns.Contains(column.Name)));
        ValueGetter<VBuffer<uint>> label = cursor.GetGetter<VBuffer<uint>>(view.Schema["Label"]);
        ValueGetter<VBuffer<byte>> semantic = cursor.GetGetter<VBuffer<byte>>(view.Schema["SemanticLabel"]);
        (VBuffer<uint> keys, VBuffer<byte> map) = (default, default);
        Assert.True(cursor.MoveNext());
        Assert.Equal(0, _reads);
        for (int time = 0; time < 3; time++)
        {
            label(ref keys);
            semantic(ref map);
        }
        Assert.Equal((1, 2, 20), (_reads, keys.Length, map.Length));
        Assert.True(cursor.MoveNext());
        label(ref keys);
        Assert.Equal((1, 0), (_reads, keys.Length));
    }

    [Fact]
    public void Tags_and_images_do_not_read_masks_and_masks_do_not_read_images()
    {
        IDataView view = View();
        Assert.Equal(2, view.GetColumn<uint[]>("Tags").Count());
        Assert.Equal(0, _reads);
        File.Delete(_folder.At("a.png"));
        Assert.Equal([2, 0], view.GetColumn<string[]>("Masks").Select(masks => masks.Length));
        Assert.Throws<ImageFileException>(() => view.GetColumn<int[]>("ImageSize").Count());
    }

    [Fact]
    public void A_set_without_drawn_masks_has_none_of_the_columns()
    {
        PngFile.Write(_folder.At("a.png"), Pictures.Gradient(4, 5));
        IDataView view = _ml.Data.LoadPhotographs(TagFolder.LoadImages(_folder.Root, ["cat"]));
        Assert.Equal(["ImagePath", "Image", "Tags"], view.Schema.Select(column => column.Name));
    }

    [Fact]
    public void What_is_wrong_with_a_map_is_told_where_it_is_read()
    {
        VocFolder.AddPhotograph(_folder, "p", 4, 5, "cat");
        VocFolder.AddMaps(_folder, "p", new LabelMap(5, 4, new byte[20]), null);
        _folder.Write("ImageSets/Segmentation/train.txt", "p");
        IDataView view = _ml.Data.LoadVoc(_folder.Root);
        Assert.Single(view.GetColumn<uint[]>("Tags"));
        Assert.Contains("4 x 5", Assert.Throws<DataSetException>(() => view.GetColumn<byte[]>("SemanticLabel").Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Boxes_of_a_COCO_file_are_the_stated_ones()
    {
        PngFile.Write(_folder.At("a.png"), Pictures.Gradient(4, 5));
        string file = _folder.Write("annotations.json", """
            {"images": [{"id": 1, "file_name": "a.png", "height": 4, "width": 5}], "categories": [{"id": 3, "name": "cat"}, {"id": 9, "name": "dog"}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 9, "bbox": [0.25, 0, 1.5, 3], "area": 5, "iscrowd": 0, "segmentation": [[0, 0, 2, 0, 2, 3, 0, 3]]},
                             {"id": 2, "image_id": 1, "category_id": 3, "bbox": [3, 0, 2, 4], "area": 8, "iscrowd": 1, "segmentation": {"size": [4, 5], "counts": [12, 8]}}]}
            """);
        TruthRow row = Assert.Single(_ml.Data.CreateEnumerable<TruthRow>(_ml.Data.LoadCoco(file, _folder.Root), reuseRowObject: false));
        Assert.Equal([2u], row.Label);
        Assert.Equal([0.25f, 0f, 1.75f, 3f], row.BoundingBoxes);
        Assert.Equal(6, RunLengthMask.Parse(Assert.Single(row.Masks), 4, 5).Area);
        Assert.Equal(new byte[] { 2, 2, 0, 255, 255 }, row.SemanticLabel[..5]);
    }

    [Fact]
    public void The_schema_is_saved_with_a_model_and_rows_can_be_cached()
    {
        IDataView view = View();
        using var stream = new MemoryStream();
        _ml.Model.Save(_ml.Transforms.CopyColumns("Copy", "Label").Fit(view), view.Schema, stream);
        stream.Position = 0;
        _ml.Model.Load(stream, out DataViewSchema schema);
        // ML.NET saves no columns of images.
        Assert.Equal(view.Schema.Where(column => column.Name != "Image").Select(column => (column.Name, column.Type.RawType)), schema.Select(column => (column.Name, column.Type.RawType)));
        IDataView cached = _ml.Data.Cache(view, "Label", "Masks");
        Assert.Equal(cached.GetColumn<string[]>("Masks").SelectMany(masks => masks), cached.GetColumn<string[]>("Masks").SelectMany(masks => masks));
    }

    [SkippableFact]
    public void Real_masks_arrive_unchanged()
    {
        PhotographSet set = VocDataSet.Load(SharedFolder.Require("data", "voc12-sub"), "train");
        set = set with { Photographs = [.. set.Photographs.Take(12)] };
        TruthRow[] rows = [.. _ml.Data.CreateEnumerable<TruthRow>(_ml.Data.LoadPhotographs(set), reuseRowObject: false)];
        Assert.Equal(12, rows.Length);
        foreach ((TruthRow row, Photograph photograph) in rows.Zip(set.Photographs))
        {
            ImageLabels truth = photograph.ReadGroundTruth!();
            Assert.Equal([truth.Semantic.Height, truth.Semantic.Width], row.ImageSize);
            Assert.Equal(truth.Semantic.Labels, row.SemanticLabel);
            Assert.Equal(truth.Instances.Select(instance => (uint)instance.ClassIndex + 1), row.Label);
            Assert.Equal(truth.Instances.Select(instance => instance.Mask.ToCompressedString()), row.Masks);
        }
    }

    private static ImageLabels Truth()
    {
        byte[] semantic = new byte[20];
        (semantic[0], semantic[1], semantic[2], semantic[7], semantic[12], semantic[19]) = (1, 1, 2, 2, 2, LabelMap.Void);
        InstanceLabel[] instances = [.. new byte[] { 2, 1, LabelMap.Void }.Select(label => MaskGenerators.Instance(
            label == 2 ? 1 : 0, 1, RunLengthMask.FromRowMajor(4, 5, [.. semantic.Select(value => (byte)(value == label ? 1 : 0))])) with { IsCrowd = label == LabelMap.Void })];
        return new ImageLabels(instances, new LabelMap(4, 5, semantic));
    }

    private IDataView View()
    {
        PngFile.Write(_folder.At("a.png"), Pictures.Gradient(4, 5));
        var drawn = new Photograph("a", _folder.At("a.png"), [0, 1])
        {
            ReadGroundTruth = () =>
            {
                _reads++;
                return Truth();
            },
        };
        return _ml.Data.LoadPhotographs(new PhotographSet(["cat", "dog"], [drawn, drawn with { Name = "b", ReadGroundTruth = null }]));
    }

    private sealed class TruthRow
    {
        public uint[] Label { get; set; } = [];

        public float[] BoundingBoxes { get; set; } = [];

        public string[] Masks { get; set; } = [];

        public byte[] SemanticLabel { get; set; } = [];

        public int[] ImageSize { get; set; } = [];
    }
}
