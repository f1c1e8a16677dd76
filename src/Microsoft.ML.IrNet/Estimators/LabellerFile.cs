using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>
/// Saves and loads labellers with this library's errors. <c>mlContext.Model.Save</c> and <c>Load</c> do the same to the same files, but leave a half-written
/// file where a disk is full, and wrap what is wrong with a file into "Error during class instantiation".
/// </summary>
public static class LabellerFile
{
    /// <summary>Saves a labeller, whole or not at all.</summary>
    /// <param name="catalog">The models of the context.</param>
    /// <param name="labeller">A fitted chain, or one made by <see cref="IrNetCatalog.CreateLabeller"/>.</param>
    /// <param name="inputSchema">The schema of the data it is for; null to save none.</param>
    /// <param name="path">The zip file.</param>
    /// <exception cref="OutputException">The file could not be written, or a backbone of one's own cannot be saved.</exception>
    public static void SaveLabeller(this ModelOperationsCatalog catalog, ITransformer labeller, DataViewSchema? inputSchema, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(labeller);
        AtomicFile.Write(path, stream => catalog.Save(labeller, inputSchema, stream));
    }

    /// <summary>Loads a labeller.</summary>
    /// <param name="catalog">The models of the context.</param>
    /// <param name="path">The zip file.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged, no model, or a model without class activation maps or boundaries and displacements.</exception>
    public static ITransformer LoadLabeller(this ModelOperationsCatalog catalog, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(path);
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
