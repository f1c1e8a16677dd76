using System.Xml.Linq;

namespace Microsoft.ML.IrNet.Data;

/// <summary>The XML file that says what is in a VOC photograph.</summary>
internal static class VocAnnotation
{
    /// <summary>The classes of all objects, as ascending indices.</summary>
    /// <exception cref="DataSetException">The file is missing or damaged, or names a class that is not in <paramref name="classes"/>.</exception>
    public static IReadOnlyList<int> ReadTags(string path, IReadOnlyList<string> classes)
    {
        var tags = new SortedSet<int>();
        foreach (XElement found in DataSetXml.Read(path, "a VOC annotation", reader => XDocument.Load(reader).Root!).Elements("object"))
        {
            string name = found.Element("name")?.Value.Trim()
                ?? throw new DataSetException(path, "has an object without a name; expected <object><name>CLASS</name>...</object>.");
            tags.Add(ClassNames.Require(classes, name, path));
        }
        return [.. tags];
    }
}
