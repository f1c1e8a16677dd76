namespace Microsoft.ML.IrNet.Estimators;

/// <summary>The names columns have where an option does not say otherwise.</summary>
public static class ColumnNames
{
    /// <summary>The photograph's file: Text.</summary>
    public const string ImagePath = "ImagePath";

    /// <summary>The photograph: MLImage of any size.</summary>
    public const string Image = "Image";

    /// <summary>The image-level labels: a vector of Key&lt;UInt32&gt; with KeyValues.</summary>
    public const string Tags = "Tags";

    /// <summary>The class of each drawn instance: VarVector&lt;Key&lt;UInt32&gt;&gt; with KeyValues.</summary>
    public const string Label = "Label";

    /// <summary>x0, y0, x1, y1 of each drawn instance in pixels, right and bottom edge exclusive: VarVector&lt;Single&gt;.</summary>
    public const string BoundingBoxes = "BoundingBoxes";

    /// <summary>The mask of each drawn instance as COCO's compressed run lengths: VarVector&lt;Text&gt;.</summary>
    public const string Masks = "Masks";

    /// <summary>The drawn class of each pixel [height, width], 0 for background, class index + 1 a class, 255 void: VarVector&lt;Byte&gt;.</summary>
    public const string SemanticLabel = "SemanticLabel";

    /// <summary>Height and width of the photograph: Vector&lt;Int32, 2&gt;.</summary>
    public const string ImageSize = "ImageSize";

    /// <summary>Rows and columns of the maps, ceil(height / 4) and ceil(width / 4): Vector&lt;Int32, 2&gt;.</summary>
    public const string MapSize = "MapSize";

    /// <summary>Class activation maps [tags, rows, columns], each with a maximum of about 1: VarVector&lt;Single&gt;.</summary>
    public const string Cam = "Cam";

    /// <summary>Class activation maps at the photograph's size [tags, height, width]: VarVector&lt;Single&gt;.</summary>
    public const string CamFullResolution = "CamFullResolution";

    /// <summary>Class activation maps of another model [tags or classes, rows, columns]: VarVector&lt;Single&gt;.</summary>
    public const string Seeds = "Seeds";

    /// <summary>How many maps, rows and columns <see cref="Seeds"/> has: Vector&lt;Int32, 3&gt;.</summary>
    public const string SeedShape = "SeedShape";

    /// <summary>The classifier's probability of each class: Vector&lt;Single&gt; with SlotNames.</summary>
    public const string ClassScore = "ClassScore";

    /// <summary>Probability of a class boundary [rows, columns]: VarVector&lt;Single&gt;.</summary>
    public const string Boundary = "Boundary";

    /// <summary>Displacement field [2 (dy, dx), rows, columns] in cells: VarVector&lt;Single&gt;.</summary>
    public const string Displacement = "Displacement";

    /// <summary>The class of each instance: VarVector&lt;Key&lt;UInt32&gt;&gt; with KeyValues.</summary>
    public const string PredictedLabel = "PredictedLabel";

    /// <summary>The score of each instance: VarVector&lt;Single&gt;.</summary>
    public const string Score = "Score";

    /// <summary>x0, y0, x1, y1 of each instance: VarVector&lt;Single&gt;.</summary>
    public const string PredictedBoundingBoxes = "PredictedBoundingBoxes";

    /// <summary>The mask of each instance as COCO's compressed run lengths: VarVector&lt;Text&gt;.</summary>
    public const string PredictedMasks = "PredictedMasks";

    /// <summary>The class of each pixel [height, width], 0 for background, the tag's key otherwise: VarVector&lt;Byte&gt;.</summary>
    public const string SemanticMap = "SemanticMap";
}
