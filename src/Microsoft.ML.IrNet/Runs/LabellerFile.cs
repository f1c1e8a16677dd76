using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Networks;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Saves and loads a trained labeller as an ML.NET model.</summary>
public static class LabellerFile
{
    /// <summary>Writes <c>labeller.zip</c>, which <c>mlContext.Model.Load</c> reads.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cam">The classifier.</param>
    /// <param name="irNet">The network of boundaries and displacements.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="options">The options that labelling uses; the published ones where null.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Save(string path, CamNetwork cam, IrNetwork irNet, IReadOnlyList<string> classes, LabellerOptions? options = null)
    {
        var context = new MLContext();
        var chain = context.Transforms.CreateLabeller(cam, irNet, classes, options);
        DataViewSchema schema = context.Data.LoadPhotographs(new PhotographSet(classes, [])).Schema;
        AtomicFile.Write(path, stream => context.Model.Save(chain, schema, stream));
    }

    /// <summary>Reads a labeller.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged, or no labeller.</exception>
    public static LabellerModel Load(string path)
    {
        if (!File.Exists(path))
            throw new ModelFileException(path, "there is no such file; 'irnet run' and 'irnet import' make one.");
        try
        {
            return LabellerModel.From(new MLContext().Model.Load(path, out _), path);
        }
        catch (Exception error) when (error is not IrNetException)
        {
            throw new ModelFileException(path, $"is no readable ML.NET model ({error.Message.ReplaceLineEndings(" ")}).", error);
        }
    }
}
