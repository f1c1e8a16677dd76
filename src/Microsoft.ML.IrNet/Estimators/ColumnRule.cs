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

    /// <summary>The class of each instance.</summary>
    public static readonly ColumnRule Labels = Tags with { Role = "label" };

    /// <summary>x0, y0, x1, y1 of each instance.</summary>
    public static readonly ColumnRule Boxes = Maps with { Role = "bounding boxes" };

    /// <summary>How sure each instance is.</summary>
    public static readonly ColumnRule Scores = Maps with { Role = "score" };

    /// <summary>The mask of each instance, COCO's compressed run lengths.</summary>
    public static readonly ColumnRule Masks = new("masks", "a vector of Text", column =>
        column.Kind != VectorKind.Scalar && !column.IsKey && column.ItemType is TextDataViewType);

    /// <summary>The class of each pixel.</summary>
    public static readonly ColumnRule SemanticMap = new("semantic map", "a vector of Byte", column =>
        column.Kind != VectorKind.Scalar && !column.IsKey && column.ItemType == NumberDataViewType.Byte);

    /// <summary>Rows and columns of an image or of maps.</summary>
    public static readonly ColumnRule Size = new("size", "Vector<Int32, 2>", column =>
        column.Kind != VectorKind.Scalar && !column.IsKey && column.ItemType == NumberDataViewType.Int32);

    /// <summary>Number, rows and columns of the maps of another model.</summary>
    public static readonly ColumnRule SeedShape = Size with { Role = "seed shape", Expected = "Vector<Int32, 3>" };

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
