using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;
using VectorKind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>What an input column must be.</summary>
/// <param name="Role">What messages call it.</param>
/// <param name="Expected">Its type, as messages write it.</param>
/// <param name="Accepts">Whether a column is of that type.</param>
internal sealed record ColumnRule(string Role, string Expected, Func<SchemaShape.Column, bool> Accepts)
{
    /// <summary>A photograph of any size.</summary>
    public static readonly ColumnRule Image = new("image", "Image", column =>
        column.Kind == VectorKind.Scalar && column.ItemType is ImageDataViewType);

    /// <summary>Image-level labels.</summary>
    public static readonly ColumnRule Tags = new("tags", "a vector of Key<UInt32> with KeyValues of Text (MapValueToKey makes one)", column =>
        column.Kind != VectorKind.Scalar && column.IsKey && column.ItemType == NumberDataViewType.UInt32
        && column.Annotations.Any(annotation => annotation.Name == ClassAnnotations.KeyValues && annotation.ItemType is TextDataViewType));

    /// <summary>Maps: class activations, boundaries, displacements.</summary>
    public static readonly ColumnRule Maps = new("maps", "a vector of Single", column =>
        column.Kind != VectorKind.Scalar && !column.IsKey && column.ItemType == NumberDataViewType.Single);

    /// <summary>Rows and columns of an image or of maps.</summary>
    public static readonly ColumnRule Size = new("size", "Vector<Int32, 2>", column =>
        column.Kind != VectorKind.Scalar && !column.IsKey && column.ItemType == NumberDataViewType.Int32);

    /// <summary>Whether the shape has a column of that name, whatever its type.</summary>
    public static bool Has(SchemaShape shape, string name) => shape.Any(column => column.Name == name);

    /// <summary>Throws ML.NET's schema error where the column is missing or of another type.</summary>
    public void Require(IExceptionContext context, SchemaShape shape, string name)
    {
        SchemaShape.Column? found = shape.Where(column => column.Name == name).Cast<SchemaShape.Column?>().FirstOrDefault();
        if (found is not { } column || !Accepts(column))
            throw SchemaShapes.Mismatch(context, Role, name, Expected, found);
    }
}
