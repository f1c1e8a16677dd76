using Microsoft.ML.Data;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Class names as annotations of a column.</summary>
internal static class ClassAnnotations
{
    /// <summary>The annotation that names the values of a key.</summary>
    public const string KeyValues = "KeyValues";

    /// <summary>The annotation that names the slots of a vector.</summary>
    public const string SlotNames = "SlotNames";

    /// <summary>Any number of classes of a row.</summary>
    public static VectorDataViewType KeyVector(IReadOnlyList<string> classes) => new(new KeyDataViewType(typeof(uint), classes.Count));

    /// <summary>An annotation that holds the classes' names.</summary>
    public static DataViewSchema.Annotations Create(string kind, IReadOnlyList<string> classes)
    {
        ReadOnlyMemory<char>[] names = [.. classes.Select(name => name.AsMemory())];
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(kind, new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(names.Length, names));
        return builder.ToAnnotations();
    }

    /// <summary>The names a column's annotation holds.</summary>
    public static string[] Read(DataViewSchema.Column column, string kind)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(kind, ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
