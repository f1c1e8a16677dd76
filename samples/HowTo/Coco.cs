using Microsoft.ML;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;

namespace HowTo;

/// <summary>COCO's layout: an annotation file, whose categories are the tags, and a folder of images.</summary>
internal static class Coco
{
    public static void Run(string annotations, string folder, string output, Recipe recipe)
    {
        var ml = new MLContext(seed: 1);
        PhotographSet photographs = CocoDataSet.Load(annotations, folder);
        IDataView tagged = ml.Data.LoadPhotographs(photographs);                    // or ml.Data.LoadCoco(annotations, folder)
        ITransformer labeller = recipe.Labeller(ml).Fit(tagged);
        ml.Model.SaveLabeller(labeller, tagged.Schema, Path.Combine(output, "labeller.zip"));

        if (!photographs.HasGroundTruth)
            return;
        CocoMetrics masks = ml.MulticlassClassification.EvaluateInstanceSegmentation(labeller.Transform(tagged)).Coco;
        foreach ((string name, double value) in masks.Numbers)
            Console.WriteLine($"  {name} {100 * value:F1}");
    }
}
