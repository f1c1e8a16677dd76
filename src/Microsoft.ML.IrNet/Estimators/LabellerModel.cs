using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Networks;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>What a labelling chain is made of. The networks belong to the chain and live as long as it.</summary>
/// <param name="Cam">The classifier.</param>
/// <param name="IrNet">The network of boundaries and displacements.</param>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Options">The options of each part; the published ones for a pseudo-label transformer that the chain lacks.</param>
public sealed record LabellerModel(CamNetwork Cam, IrNetwork IrNet, IReadOnlyList<string> Classes, LabellerOptions Options)
{
    /// <summary>Reads a labeller, such as <c>labeller.zip</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged, or no labeller.</exception>
    public static LabellerModel Load(string path) => From(new MLContext().Model.LoadLabeller(path), path);

    /// <summary>Takes a fitted or loaded chain apart.</summary>
    /// <param name="transformer">The chain; other transformers in it are passed over.</param>
    /// <param name="source">What the error calls it, such as the path it was loaded from.</param>
    /// <exception cref="ModelFileException">The chain has no class activation maps, or no boundaries and displacements.</exception>
    public static LabellerModel From(ITransformer transformer, string source = "the model")
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ITransformer[] parts = [.. ModelFile.Parts(transformer)];
        CamTransformer? cam = parts.OfType<CamTransformer>().FirstOrDefault();
        IrNetTransformer? irNet = parts.OfType<IrNetTransformer>().FirstOrDefault();
        if (cam is null || irNet is null)
            throw new ModelFileException(source,
                $"is no labeller: {(cam is null ? "class activation maps" : "boundaries and displacements")} are missing; use a model that ClassActivationMaps and InterPixelRelations were fitted for.");
        return new LabellerModel(cam.Network, irNet.Network, cam.Classes, new LabellerOptions
        {
            Cam = cam.Options,
            IrNet = irNet.Options,
            Instances = parts.OfType<InstancePseudoLabelTransformer>().FirstOrDefault()?.Options ?? new(),
            Semantic = parts.OfType<SemanticPseudoLabelTransformer>().FirstOrDefault()?.Options ?? new(),
        });
    }

    /// <summary>Writes a labeller, which <see cref="Load"/> and <c>mlContext.Model.Load</c> read.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public void Save(string path)
    {
        var context = new MLContext();
        DataViewSchema schema = context.Data.LoadPhotographs(new PhotographSet(Classes, [])).Schema;
        context.Model.SaveLabeller(context.Transforms.CreateLabeller(Cam, IrNet, Classes, Options), schema, path);
    }
}
