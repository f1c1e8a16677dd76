using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.IrNet.Tests.Data;

public sealed class PhotographDataViewTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public PhotographDataViewTests()
    {
        PngFile.Write(_folder.At("one.png"), Pictures.Gradient(2, 3));
        _folder.Write("two.png", "no image");
        PngFile.Write(_folder.At("three.png"), Pictures.Gradient(5, 4));
        _folder.Write("tags.csv", "path,tags\none.png,dog;cat\ntwo.png,cat\nthree.png,");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_are_those_of_the_design()
    {
        DataViewSchema schema = Load().Schema;
        Assert.Equal(["ImagePath", "Image", "Tags"], schema.Select(column => column.Name));
        Assert.Equal(TextDataViewType.Instance, schema["ImagePath"].Type);
        var image = Assert.IsType<ImageDataViewType>(schema["Image"].Type);
        Assert.Equal((0, 0), (image.Height, image.Width));
        var tags = Assert.IsType<VectorDataViewType>(schema["Tags"].Type);
        Assert.Equal((false, 2ul), (tags.IsKnownSize, Assert.IsType<KeyDataViewType>(tags.ItemType).Count));
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["Tags"].GetKeyValues(ref names);
        Assert.Equal(["cat", "dog"], names.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void Values_come_row_by_row_and_a_bad_photograph_fails_only_where_it_is_asked_for()
    {
        IDataView view = Load();
        Assert.Equal(3, view.GetRowCount());
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<MLImage> getImage = cursor.GetGetter<MLImage>(view.Schema["Image"]);
        ValueGetter<VBuffer<uint>> getTags = cursor.GetGetter<VBuffer<uint>>(view.Schema["Tags"]);
        MLImage image = null!;
        VBuffer<uint> tags = default;

        Assert.True(cursor.MoveNext());
        getImage(ref image);
        using (image)
            Assert.Equal(Pictures.Gradient(2, 3).Pixels, MLImagePixels.ToRgb(image).Pixels);
        getTags(ref tags);
        Assert.Equal([1u, 2u], tags.DenseValues());

        Assert.True(cursor.MoveNext());
        getTags(ref tags);
        Assert.Equal([1u], tags.DenseValues());
        Assert.EndsWith("two.png", Assert.Throws<ImageFileException>(() => getImage(ref image)).Subject, StringComparison.Ordinal);

        Assert.True(cursor.MoveNext());
        getTags(ref tags);
        Assert.Empty(tags.DenseValues());
        getImage(ref image);
        using (image)
            Assert.Equal((5, 4), (image.Height, image.Width));
        Assert.Equal(2, cursor.Position);
        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
    }

    [Fact]
    public void Columns_that_were_not_asked_for_and_other_types_are_refused()
    {
        IDataView view = Load();
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["ImagePath"]]);
        Assert.False(cursor.IsColumnActive(view.Schema["Image"]));
        Assert.Throws<ArgumentException>(() => cursor.GetGetter<MLImage>(view.Schema["Image"]));
        Assert.Throws<ArgumentException>(() => cursor.GetGetter<float>(view.Schema["ImagePath"]));
        Assert.Single(view.GetRowCursorSet(view.Schema, 4));
    }

    [Fact]
    public void ML_NETs_own_transforms_take_the_columns()
    {
        IDataView rows = _ml.Data.TakeRows(Load(), 1);
        IDataView named = _ml.Transforms.Conversion.MapKeyToValue("Names", "Tags").Fit(rows).Transform(rows);
        Assert.Equal(["cat", "dog"], Assert.Single(named.GetColumn<ReadOnlyMemory<char>[]>("Names")).Select(name => name.ToString()));
        IDataView resized = _ml.Transforms.ResizeImages("Image", 6, 8).Fit(rows).Transform(rows);
        using MLImage image = Assert.Single(resized.GetColumn<MLImage>("Image"));
        Assert.Equal((8, 6), (image.Height, image.Width));
    }

    [Fact]
    public void A_set_without_classes_has_no_tags_column()
    {
        IDataView view = _ml.Data.LoadPhotographs(TagFolder.LoadImages(_folder.Root));
        Assert.Equal(["ImagePath", "Image"], view.Schema.Select(column => column.Name));
    }

    [Fact]
    public void Images_of_any_size_can_be_properties_of_rows()
    {
        using MLImage image = MLImagePixels.ToMLImage(Pictures.Gradient(4, 9));
        IDataView view = _ml.Data.LoadFromEnumerable([new Row { Image = image }]);
        Assert.Equal(0, Assert.IsType<ImageDataViewType>(view.Schema["Image"].Type).Width);
        Assert.Equal(9, Assert.Single(_ml.Data.CreateEnumerable<Row>(view, reuseRowObject: false)).Image!.Width);
    }

    private IDataView Load() => _ml.Data.LoadTagFolder(_folder.Root);

    private sealed class Row
    {
        [AnySizeImage]
        public MLImage? Image { get; set; }
    }
}
