using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.IrNet.Data;

/// <summary>A data set's photographs as rows.</summary>
internal sealed class PhotographDataView : IDataView
{
    public const string ImagePath = "ImagePath";
    public const string Image = "Image";
    public const string Tags = "Tags";

    public PhotographDataView(PhotographSet set)
    {
        Set = set;
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(ImagePath, TextDataViewType.Instance);
        builder.AddColumn(Image, new ImageDataViewType());
        // A key type needs at least one key.
        if (set.Classes.Count > 0)
            builder.AddColumn(Tags, new VectorDataViewType(new KeyDataViewType(typeof(uint), set.Classes.Count)), KeyValues(set.Classes));
        Schema = builder.ToSchema();
    }

    public PhotographSet Set { get; }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => Set.Photographs.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new PhotographCursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private static DataViewSchema.Annotations KeyValues(IReadOnlyList<string> classes)
    {
        ReadOnlyMemory<char>[] names = [.. classes.Select(name => name.AsMemory())];
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value) => VectorValues.Set<ReadOnlyMemory<char>>(ref value, names)));
        return builder.ToAnnotations();
    }
}
