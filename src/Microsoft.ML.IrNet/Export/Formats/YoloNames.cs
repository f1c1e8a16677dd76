using System.Globalization;
using Microsoft.ML.IrNet.Data;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>Reads the classes of YOLO's data.yaml. Nothing else of it is used: its paths are those of another machine, and are not followed.</summary>
internal static class YoloNames
{
    /// <summary>The classes, by their indices.</summary>
    /// <exception cref="DataSetException">The file is missing, is no YAML, or has no names.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        try
        {
            using var reader = new StreamReader(DataSetFile.Open(path));
            // Events, one after the other: neither aliases nor nesting can make more of a file than it is.
            var parser = new Parser(reader);
            parser.Consume<StreamStart>();
            parser.Consume<DocumentStart>();
            parser.Consume<MappingStart>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (parser.Consume<Scalar>().Value == "names")
                    return parser.TryConsume<SequenceStart>(out _) ? List(parser) : Table(parser, path);
                parser.SkipThisAndNestedEvents();
            }
        }
        // The second is how its scanner ends in some broken texts.
        catch (Exception error) when (error is YamlException or InvalidOperationException)
        {
            throw new DataSetException(path, $"is no YAML with the names of the classes ({error.Message}); expected names: [cat, dog] or names: {{0: cat, 1: dog}}.", error);
        }
        throw new DataSetException(path, "has no names; expected names: [cat, dog] or names: {0: cat, 1: dog}.");
    }

    private static List<string> List(Parser parser)
    {
        var names = new List<string>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            names.Add(parser.Consume<Scalar>().Value);
        return names;
    }

    private static IReadOnlyList<string> Table(Parser parser, string path)
    {
        parser.Consume<MappingStart>();
        var names = new SortedDictionary<int, string>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            string key = parser.Consume<Scalar>().Value;
            if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int index) || !names.TryAdd(index, parser.Consume<Scalar>().Value))
                throw new DataSetException(path, $"has the class index '{key}' among its names; expected each number from 0 on once.");
        }
        return names.Count == 0 || names.Keys.Last() == names.Count - 1
            ? [.. names.Values]
            : throw new DataSetException(path, $"has {names.Count} names and the class index {names.Keys.Last()}; expected each number from 0 on once.");
    }
}
