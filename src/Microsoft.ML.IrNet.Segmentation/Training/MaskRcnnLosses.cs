namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>The five losses of a step, of which their plain sum is minimised (He et al., ICCV 2017, section 3).</summary>
/// <param name="Classifier">Cross-entropy over all sampled regions.</param>
/// <param name="BoxRegression">Smooth L1 (beta 1/9) of the boxes of regions on objects, over all sampled regions.</param>
/// <param name="Mask">Binary cross-entropy of the masks of regions on objects.</param>
/// <param name="Objectness">Binary cross-entropy over all sampled anchors.</param>
/// <param name="ProposalRegression">Smooth L1 (beta 1/9) of the boxes of anchors on objects, over all sampled anchors.</param>
internal readonly record struct MaskRcnnLosses(float Classifier, float BoxRegression, float Mask, float Objectness, float ProposalRegression)
{
    public float Total => Classifier + BoxRegression + Mask + Objectness + ProposalRegression;

    public static MaskRcnnLosses operator +(MaskRcnnLosses a, MaskRcnnLosses b) => new(
        a.Classifier + b.Classifier, a.BoxRegression + b.BoxRegression, a.Mask + b.Mask, a.Objectness + b.Objectness, a.ProposalRegression + b.ProposalRegression);

    public static MaskRcnnLosses operator *(MaskRcnnLosses losses, float factor) => new(
        losses.Classifier * factor, losses.BoxRegression * factor, losses.Mask * factor, losses.Objectness * factor, losses.ProposalRegression * factor);

    /// <summary>By the names that progress reports use, the sum first.</summary>
    public IReadOnlyList<KeyValuePair<string, float>> Named =>
    [
        new("loss", Total), new("class", Classifier), new("box", BoxRegression), new("mask", Mask), new("objectness", Objectness), new("proposal", ProposalRegression),
    ];
}
