using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Interop;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Labellers in zip files, with this library's errors.</summary>
internal static class LabellerFile
{
    /// <summary>Saves a labeller, whole or not at all.</summary>
    public static void Save(ModelOperationsCatalog catalog, ITransformer labeller, DataViewSchema? inputSchema, string path) =>
        AtomicFile.Write(path, stream => ModelZip.Write(catalog, labeller, inputSchema, stream));

    /// <summary>Loads a labeller.</summary>
    public static ITransformer Load(ModelOperationsCatalog catalog, string path)
    {
        ITransformer labeller = ModelFile.Load(catalog, path);
        LabellerModel.From(labeller, path);
        return labeller;
    }
}
