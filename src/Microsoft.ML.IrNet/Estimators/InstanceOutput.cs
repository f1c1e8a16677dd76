using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>One of the columns in which a row shows its instances.</summary>
/// <param name="Column">Its name, type and annotations.</param>
/// <param name="Open">Makes the <see cref="ValueGetter{TValue}"/> of what gives a row's instances.</param>
internal sealed record InstanceOutput(DataViewSchema.DetachedColumn Column, Func<Func<IReadOnlyList<InstanceLabel>>, Delegate> Open)
{
    /// <summary>The columns of found instances.</summary>
    public static InstanceOutput[] Found(string labels, string scores, string boxes, string masks, IReadOnlyList<string> classes) =>
        [Labels(labels, classes), Scores(scores), Boxes(boxes), Masks(masks)];

    /// <summary>The class of each instance.</summary>
    public static InstanceOutput Labels(string name, IReadOnlyList<string> classes) => Of(
        new(name, ClassAnnotations.KeyVector(classes), ClassAnnotations.Create(ClassAnnotations.KeyValues, classes)),
        instances => instances.Select(instance => (uint)instance.ClassIndex + 1));

    /// <summary>How sure each instance is.</summary>
    public static InstanceOutput Scores(string name) => Of(
        new(name, new VectorDataViewType(NumberDataViewType.Single)), instances => instances.Select(instance => instance.Score));

    /// <summary>x0, y0, x1, y1 of each instance.</summary>
    public static InstanceOutput Boxes(string name) => Of(
        new(name, new VectorDataViewType(NumberDataViewType.Single)),
        instances => instances.SelectMany(instance => new[] { instance.Box.X0, instance.Box.Y0, instance.Box.X1, instance.Box.Y1 }));

    /// <summary>The mask of each instance, COCO's compressed run lengths.</summary>
    public static InstanceOutput Masks(string name) => Of(
        new(name, new VectorDataViewType(TextDataViewType.Instance)), instances => instances.Select(instance => instance.Mask.ToCompressedString().AsMemory()));

    private static InstanceOutput Of<T>(DataViewSchema.DetachedColumn column, Func<IReadOnlyList<InstanceLabel>, IEnumerable<T>> values) =>
        new(column, instances => Getters.Vector(() => values(instances()).ToArray()));
}
