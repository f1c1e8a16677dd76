using Microsoft.ML;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Export;

namespace HowTo;

/// <summary>Masks of photographs of one's own: a folder with a tags.csv such as "path,tags" and "kitchen/one.jpg,cat;sofa".</summary>
internal static class OwnPhotographs
{
    public static void Run(string folder, string output, Recipe recipe)
    {
        var ml = new MLContext(seed: 1);
        PhotographSet photographs = TagFolder.Load(folder, Path.Combine(folder, "tags.csv"));
        // ml.Data.LoadTagFolder(folder) is the same without the names, which the label folder needs.
        IDataView tagged = ml.Data.LoadPhotographs(photographs);

        ITransformer labeller = ml.Transforms.ClassActivationMaps(recipe.Cam)
            .Append(ml.Transforms.InterPixelRelations(recipe.IrNet))
            .Append(ml.Transforms.InstancePseudoLabels())
            .Append(ml.Transforms.SemanticPseudoLabels())
            .Fit(tagged);
        ml.Model.SaveLabeller(labeller, tagged.Schema, Path.Combine(output, "labeller.zip"));

        // annotations.json for COCO's tools, palette PNGs for VOC's.
        using var writer = new LabelFolderWriter(output, photographs.Classes);
        IEnumerable<LabelsRow> rows = ml.Data.CreateEnumerable<LabelsRow>(labeller.Transform(tagged), reuseRowObject: false);
        foreach ((Photograph photograph, LabelsRow row) in photographs.Photographs.Zip(rows))
            writer.Add(photograph.Name, Path.GetFileName(photograph.Path), row.ImageSize[0], row.ImageSize[1], row.ToImageLabels());
        writer.Complete();
        Console.WriteLine($"masks of {photographs.Photographs.Count} photographs are in {output}");
    }
}
