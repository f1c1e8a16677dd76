namespace Microsoft.ML.IrNet.Data;

/// <summary>One row of a tags file.</summary>
/// <param name="Source">What errors call the row.</param>
/// <param name="File">The image's relative path.</param>
/// <param name="Tags">As written.</param>
internal sealed record TagRow(string Source, string File, IReadOnlyList<string> Tags)
{
    private static readonly char[] Separators = [';', '|', ','];

    /// <exception cref="DataSetException">The file has other columns than path and tags, a broken row, or a path twice.</exception>
    public static List<TagRow> ReadAll(string csv)
    {
        var rows = new List<TagRow>();
        var firstRow = new Dictionary<string, int>(StringComparer.Ordinal);
        (int path, int tags) = (-1, -1);
        foreach ((int line, IReadOnlyList<string> fields) in CsvFile.Parse(DataSetFile.ReadText(csv), csv))
        {
            if (path < 0)
            {
                (path, tags) = FindColumns(fields, csv);
                continue;
            }
            string source = $"{csv} row {line}";
            if (fields.Count != 2)
                throw new DataSetException(source, $"has {fields.Count} fields; expected 2, the path and the tags (several tags are separated by ; or |, or stand in quotes).");
            string file = RelativePath.Require(fields[path].Trim(), source);
            if (!firstRow.TryAdd(file, line))
                throw new DataSetException(source, $"names {file} again, after row {firstRow[file]}; write all tags of a photograph in one row.");
            rows.Add(new TagRow(source, file, fields[tags].Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
        }
        return rows;
    }

    private static (int Path, int Tags) FindColumns(IReadOnlyList<string> header, string csv)
    {
        string[] columns = [.. header.Select(column => column.Trim().ToLowerInvariant())];
        if (columns.FirstOrDefault(column => column is not ("path" or "tags")) is { } unknown)
            throw new DataSetException(csv, $"has the unknown column '{unknown}'; expected the header path,tags.");
        (int path, int tags) = (Array.IndexOf(columns, "path"), Array.IndexOf(columns, "tags"));
        if (columns.Length != 2 || path < 0 || tags < 0)
            throw new DataSetException(csv, $"has the columns {string.Join(", ", columns)}; expected path and tags, each once.");
        return (path, tags);
    }
}
