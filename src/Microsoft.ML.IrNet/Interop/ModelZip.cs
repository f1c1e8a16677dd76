using System.IO.Compression;

namespace Microsoft.ML.IrNet.Interop;

/// <summary>Models in zip files whose bytes depend on nothing but the model.</summary>
internal static class ModelZip
{
    // The first day that zip files know.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a model. ML.NET notes in each entry when it was written, which is replaced by one and the same time.</summary>
    /// <param name="catalog">Where ML.NET saves models.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">Of the data it reads; null where it is not known.</param>
    /// <param name="stream">Empty; to be read, written and sought in.</param>
    public static void Write(ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, Stream stream)
    {
        catalog.Save(model, inputSchema, stream);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true);
        foreach (ZipArchiveEntry entry in zip.Entries)
            entry.LastWriteTime = Epoch;
    }
}
