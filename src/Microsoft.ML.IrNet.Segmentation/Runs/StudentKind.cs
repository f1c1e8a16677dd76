namespace Microsoft.ML.IrNet.Segmentation.Runs;

/// <summary>The networks that learn from masks.</summary>
public enum StudentKind
{
    /// <summary>Mask R-CNN, from instances.</summary>
    MaskRcnn,

    /// <summary>DeepLab V3, from semantic maps.</summary>
    DeepLab,
}
