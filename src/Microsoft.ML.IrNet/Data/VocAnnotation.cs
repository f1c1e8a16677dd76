using System.Xml;
using System.Xml.Linq;

namespace Microsoft.ML.IrNet.Data;

/// <summary>The XML file that says what is in a VOC photograph.</summary>
internal static class VocAnnotation
{
    // Nothing from outside the file: a data set is downloaded, not trusted.
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>The classes of all objects, as ascending indices.</summary>
    /// <exception cref="DataSetException">The file is missing or damaged, or names a class that is not in <paramref name="classes"/>.</exception>
    public static IReadOnlyList<int> ReadTags(string path, IReadOnlyList<string> classes)
    {
        var tags = new SortedSet<int>();
        foreach (XElement found in Load(path).Elements("object"))
        {
            string name = found.Element("name")?.Value.Trim()
                ?? throw new DataSetException(path, "has an object without a name; expected <object><name>CLASS</name>...</object>.");
            tags.Add(ClassNames.Require(classes, name, path));
        }
        return [.. tags];
    }

    private static XElement Load(string path)
    {
        try
        {
            using Stream stream = DataSetFile.Open(path);
            using var reader = XmlReader.Create(stream, Settings);
            return XDocument.Load(reader).Root!;
        }
        // An encoding that the platform knows but does not read, such as UTF-7, is the second.
        catch (Exception error) when (error is XmlException or NotSupportedException)
        {
            throw new DataSetException(path, $"is no well-formed XML ({error.Message}); expected a VOC annotation.", error);
        }
    }
}
