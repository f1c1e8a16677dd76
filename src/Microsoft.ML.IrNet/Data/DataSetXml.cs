using System.Xml;

namespace Microsoft.ML.IrNet.Data;

/// <summary>Reads the XML files of data sets.</summary>
internal static class DataSetXml
{
    // Nothing from outside the file: a data set is downloaded, not trusted.
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>Hands a file to <paramref name="read"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What errors say it should be.</param>
    /// <param name="read">Reads it as it streams in.</param>
    /// <exception cref="DataSetException">The file is missing or not readable, or it is no well-formed XML.</exception>
    public static T Read<T>(string path, string expected, Func<XmlReader, T> read)
    {
        try
        {
            using Stream stream = DataSetFile.Open(path);
            using var reader = XmlReader.Create(stream, Settings);
            return read(reader);
        }
        // An encoding that the platform knows but does not read, such as UTF-7, is the second.
        catch (Exception error) when (error is XmlException or NotSupportedException)
        {
            throw new DataSetException(path, $"is no well-formed XML ({error.Message}); expected {expected}.", error);
        }
        catch (IOException error)
        {
            throw new DataSetException(path, $"could not be read ({error.Message}).", error);
        }
    }
}
