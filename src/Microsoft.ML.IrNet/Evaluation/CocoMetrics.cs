namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>COCO's twelve numbers, in 0..1; NaN, where pycocotools prints -1, when there is nothing of the kind to be found.</summary>
/// <param name="AP">Average precision over IoU 0.50, 0.55, ..., 0.95.</param>
/// <param name="AP50">At IoU 0.50.</param>
/// <param name="AP75">At IoU 0.75.</param>
/// <param name="APSmall">Objects up to 32 x 32 pixels.</param>
/// <param name="APMedium">Objects between 32 x 32 and 96 x 96 pixels.</param>
/// <param name="APLarge">Objects from 96 x 96 pixels.</param>
/// <param name="AR1">Average recall with one detection a photograph and class.</param>
/// <param name="AR10">With ten.</param>
/// <param name="AR100">With a hundred.</param>
/// <param name="ARSmall">Average recall of small objects.</param>
/// <param name="ARMedium">Of medium ones.</param>
/// <param name="ARLarge">Of large ones.</param>
public sealed record CocoMetrics(
    double AP, double AP50, double AP75, double APSmall, double APMedium, double APLarge,
    double AR1, double AR10, double AR100, double ARSmall, double ARMedium, double ARLarge)
{
    /// <summary>The numbers with pycocotools' names, in its order.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Numbers =>
    [
        new("AP", AP), new("AP50", AP50), new("AP75", AP75), new("APs", APSmall), new("APm", APMedium), new("APl", APLarge),
        new("AR1", AR1), new("AR10", AR10), new("AR100", AR100), new("ARs", ARSmall), new("ARm", ARMedium), new("ARl", ARLarge),
    ];
}
