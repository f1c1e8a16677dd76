using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Labellers in zip files, with this library's errors.</summary>
internal static class LabellerFile
{
    /// <summary>Saves a labeller, whole or not at all.</summary>
    public static void Save(ModelOperationsCatalog catalog, ITransformer labeller, DataViewSchema? inputSchema, string path) =>
        AtomicFile.Write(path, stream => catalog.Save(labeller, inputSchema, stream));

    /// <summary>Loads a labeller.</summary>
    public static ITransformer Load(ModelOperationsCatalog catalog, string path)
    {
        if (!File.Exists(path))
            throw new ModelFileException(path, "no such file; check the path.");
        ITransformer labeller;
        try
        {
            labeller = catalog.Load(path, out _);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new ModelFileException(path, $"cannot be loaded ({Cause(error).Message.TrimEnd('.')}); use a labeller that this library saved.", error);
        }
        LabellerModel.From(labeller, path);
        return labeller;
    }

    // What went wrong in a part is under several layers of ML.NET's.
    private static Exception Cause(Exception error)
    {
        Exception cause = error;
        while (cause is not IrNetException && cause.InnerException is { } inner)
            cause = inner;
        return cause;
    }
}
