using Microsoft.ML;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;

namespace HowTo;

/// <summary>PASCAL VOC's layout: the names of the annotated objects are the tags, drawn masks serve the evaluation alone.</summary>
internal static class Voc
{
    public static void Run(string folder, string output, Recipe recipe)
    {
        var ml = new MLContext(seed: 1);
        // Classes other than VOC's own are named by labelmap.txt, or here: new VocOptions { Classes = [...] }.
        IDataView tagged = ml.Data.LoadVoc(folder, split: "train");
        ITransformer labeller = recipe.Labeller(ml).Fit(tagged);
        ml.Model.SaveLabeller(labeller, tagged.Schema, Path.Combine(output, "labeller.zip"));

        IDataView labelled = labeller.Transform(tagged);
        InstanceSegmentationMetrics instances = ml.MulticlassClassification.EvaluateInstanceSegmentation(labelled);
        SemanticSegmentationMetrics semantic = ml.MulticlassClassification.EvaluateSemanticSegmentation(labelled);
        Console.WriteLine($"AP50 {100 * instances.AP50:F1}, mIoU {100 * semantic.MeanIoU:F1}");
        foreach (string name in instances.Classes)
            Console.WriteLine($"  {name}: AP50 {100 * instances.PerClassAP50[name]:F1}, IoU {100 * semantic.PerClassIoU[name]:F1}");
    }
}
