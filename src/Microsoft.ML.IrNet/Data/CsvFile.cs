using System.Text;

namespace Microsoft.ML.IrNet.Data;

/// <summary>Comma-separated values with quoting (RFC 4180).</summary>
internal static class CsvFile
{
    /// <summary>The records of a text with the number of the line on which each starts; empty lines are left out.</summary>
    /// <exception cref="DataSetException">A quoted field does not end, or goes on after its closing quote.</exception>
    public static IEnumerable<(int Line, IReadOnlyList<string> Fields)> Parse(string text, string source)
    {
        int line = 1;
        for (int position = 0; position < text.Length;)
        {
            int start = line;
            var fields = new List<string>();
            do
                fields.Add(ReadField(text, ref position, ref line, source));
            while (position < text.Length && text[position++] == ',');
            // The character just passed was the line's end, of which CR LF has two.
            if (position > 0 && text[position - 1] == '\r' && position < text.Length && text[position] == '\n')
                position++;
            line++;
            if (fields is not [""])
                yield return (start, fields);
        }
    }

    private static string ReadField(string text, ref int position, ref int line, string source)
    {
        if (position < text.Length && text[position] == '"')
            return ReadQuoted(text, ref position, ref line, source);
        int end = text.AsSpan(position).IndexOfAny(",\r\n");
        end = end < 0 ? text.Length : position + end;
        string field = text[position..end];
        position = end;
        return field;
    }

    private static string ReadQuoted(string text, ref int position, ref int line, string source)
    {
        int start = line;
        var field = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            char character = text[position];
            if (character == '"')
            {
                if (position + 1 == text.Length || text[position + 1] != '"')
                {
                    position++;
                    return position == text.Length || text[position] is ',' or '\r' or '\n'
                        ? field.ToString()
                        : throw new DataSetException($"{source} row {line}", "goes on after a closing quote; expected a comma or the end of the line (a quote within quotes is written twice).");
                }
                position++;
            }
            else if (character == '\n')
                line++;
            field.Append(character);
        }
        throw new DataSetException($"{source} row {start}", "opens a quote that is never closed.");
    }
}
