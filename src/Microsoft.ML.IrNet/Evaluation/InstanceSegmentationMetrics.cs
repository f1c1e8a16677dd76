using Microsoft.ML.IrNet.Notebooks;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>How well found instances agree with drawn ones, in 0..1.</summary>
/// <param name="Images">Photographs that were measured.</param>
/// <param name="Classes">The names of the classes, to which class indices in the other results refer.</param>
/// <param name="Instance">VOC's AP^r of masks at IoU 0.5, 0.7 and 0.75.</param>
/// <param name="Coco">COCO's numbers for masks.</param>
/// <param name="CocoBox">COCO's numbers for boxes.</param>
[TypeFormatterSource(typeof(NotebookFormatterSource))]
public sealed record InstanceSegmentationMetrics(
    int Images, IReadOnlyList<string> Classes, InstanceMetrics Instance, CocoMetrics Coco, CocoMetrics CocoBox)
{
    /// <summary>Mean AP^r at IoU 0.5; NaN where nothing is drawn.</summary>
    public double AP50 => Instance.At(0.5).Mean;

    /// <summary>Mean AP^r at IoU 0.75; NaN where nothing is drawn.</summary>
    public double AP75 => Instance.At(0.75).Mean;

    /// <summary>AP^r at IoU 0.5 by the name of the class; NaN where none of a class is drawn.</summary>
    public IReadOnlyDictionary<string, double> PerClassAP50 => ByName(0.5);

    /// <summary>AP^r at IoU 0.75 by the name of the class; NaN where none of a class is drawn.</summary>
    public IReadOnlyDictionary<string, double> PerClassAP75 => ByName(0.75);

    private Dictionary<string, double> ByName(double threshold) =>
        Classes.Zip(Instance.At(threshold).PerClass, KeyValuePair.Create).ToDictionary();
}
