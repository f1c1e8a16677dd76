using Microsoft.ML;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Weights;

namespace HowTo;

/// <summary>Both networks on a backbone of one's own, <see cref="PlainBackbone"/>.</summary>
internal static class CustomBackbone
{
    public static void Run(string folder, string output, Recipe recipe)
    {
        var ml = new MLContext(seed: 1);
        IDataView tagged = ml.Data.LoadTagFolder(folder);

        // Nothing is pretrained, so no stage keeps the weights it starts with.
        CamEstimatorOptions cam = recipe.Cam with { CustomBackbone = () => new PlainBackbone(), FrozenStages = 0 };
        CamTransformer? classifier = null;
        // IRNet's backbone never learns: it stands on what the classifier has learned by then.
        IrNetEstimatorOptions irNet = recipe.IrNet with { CustomBackbone = () => CopyOf(classifier!) };

        ITransformer labeller = ml.Transforms.ClassActivationMaps(cam).WithOnFitDelegate(fitted => classifier = fitted)
            .Append(ml.Transforms.InterPixelRelations(irNet))
            .Append(ml.Transforms.InstancePseudoLabels())
            .Append(ml.Transforms.SemanticPseudoLabels())
            .Fit(tagged);

        // The file names the backbone's class: a program that loads it has to reference the assembly.
        ml.Model.SaveLabeller(labeller, tagged.Schema, Path.Combine(output, "labeller.zip"));
    }

    private static PlainBackbone CopyOf(CamTransformer classifier)
    {
        var backbone = new PlainBackbone();
        ModuleWeights.Load(backbone, ModuleWeights.Save(classifier.Network.Backbone)).RequireComplete("the classifier's backbone");
        return backbone;
    }
}
