using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Segmentation;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Segmentation.Runs;

namespace HowTo;

/// <summary>Mask R-CNN learns from a label folder, as <see cref="OwnPhotographs"/> or <c>irnet run</c> writes it, and finds objects without any tags.</summary>
internal static class MaskRcnnOnLabels
{
    public static void Run(string labels, string folder, string output, Recipe recipe)
    {
        var ml = new MLContext(seed: 1);
        // Photographs without labels are left out; the classes are those of the labels.
        IDataView labelled = ml.Data.LoadLabels(labels, TagFolder.LoadImages(folder));

        using MaskRcnnTransformer student = ml.MulticlassClassification.Trainers.MaskRcnn(recipe.MaskRcnn).Fit(labelled);
        StudentFile.Save(student, Path.Combine(output, "maskrcnn.zip"));

        IDataView found = student.Transform(ml.Data.LoadPhotographs(TagFolder.LoadImages(folder)));
        foreach ((string path, float[] scores) in found.GetColumn<string>(ColumnNames.ImagePath).Zip(found.GetColumn<float[]>(ColumnNames.Score)))
            Console.WriteLine($"{path}: {scores.Count(score => score >= 0.5f)} objects");
    }
}
