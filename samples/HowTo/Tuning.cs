using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Tuning;

namespace HowTo;

/// <summary>Thresholds and powers that fit photographs of one's own, and a labeller that has them. Without drawn masks they are judged by the colours of the photographs.</summary>
internal static class Tuning
{
    public static void Run(string labeller, string folder, string output, Recipe recipe)
    {
        LabellerModel model = LabellerModel.Load(labeller);
        PhotographSet photographs = TagFolder.Load(folder, Path.Combine(folder, "tags.csv"), model.Classes);

        TuningResult result = LabelTuning.Run(photographs, model, Path.Combine(output, "maps"), recipe.Tuning);
        Console.WriteLine($"masks before {100 * result.Before:F1}, tuned {100 * result.After:F1} ({result.Criterion})");
        result.Options.Save(Path.Combine(output, "options.json"));                  // for irnet run and irnet label --options

        LabellerOptions options = model.Options with
        {
            Instances = model.Options.Instances with { Labels = result.Options.Labels },
            Semantic = model.Options.Semantic with { Labels = result.Options.Labels },
        };
        (model with { Options = options }).Save(Path.Combine(output, "labeller.zip"));
    }
}
