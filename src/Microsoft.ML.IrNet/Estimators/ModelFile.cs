using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Interop;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Models in zip files, with this library's errors.</summary>
internal static class ModelFile
{
    /// <summary>Loads a model of any kind.</summary>
    public static ITransformer Load(ModelOperationsCatalog catalog, string path)
    {
        if (!File.Exists(path))
            throw new ModelFileException(path, "no such file; check the path.");
        try
        {
            using Stream stream = FileLayer.OpenRead(path);
            ModelZipCheck.Require(stream, path);
            return catalog.Load(stream, out _);
        }
        catch (Exception error) when (error is not (OutOfMemoryException or ModelFileException))
        {
            throw new ModelFileException(path, $"cannot be loaded ({Cause(error).Message.TrimEnd('.')}); use a model that this library saved.", error);
        }
    }

    /// <summary>The transformers of a chain, in order, whatever chains are in it.</summary>
    public static IEnumerable<ITransformer> Parts(ITransformer transformer) =>
        transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Parts) : [transformer];

    // What went wrong in a part is under several layers of ML.NET's.
    private static Exception Cause(Exception error)
    {
        Exception cause = error;
        while (cause is not IrNetException && cause.InnerException is { } inner)
            cause = inner;
        return cause;
    }
}
