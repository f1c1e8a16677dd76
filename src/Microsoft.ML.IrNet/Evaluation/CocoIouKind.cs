namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>What COCO's evaluation compares.</summary>
public enum CocoIouKind
{
    /// <summary>Masks ("segm").</summary>
    Mask,

    /// <summary>Boxes ("bbox").</summary>
    Box,
}
