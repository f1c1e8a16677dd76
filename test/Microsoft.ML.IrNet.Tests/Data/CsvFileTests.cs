using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Data;

namespace Microsoft.ML.IrNet.Tests.Data;

public class CsvFileTests
{
    private static readonly Gen<string> Fields = Gen.Elements("a", "b c", "\"", ",", "\r\n", "\n", "\r", "é", ";").ArrayOf().Select(string.Concat);

    [Fact]
    public void Quoted_fields_are_read_back() => Prop.ForAll(Fields.NonEmptyListOf().Select(row => row.ToArray()).NonEmptyListOf().ToArbitrary(), rows =>
    {
        string text = string.Join("\r\n", rows.Select(row => string.Join(",", row.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))));
        // A record of one empty field is an empty line, which is left out.
        Assert.Equal(rows.Where(row => row is not [""]), CsvFile.Parse(text, "test").Select(row => row.Fields.ToArray()));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Plain_fields_empty_lines_and_the_last_line_end_are_as_they_should_be()
    {
        var rows = CsvFile.Parse("a,b\r\n\r\nc,\n,\"d\ne\"\n f ,g\n", "test").ToList();
        Assert.Equal([1, 3, 4, 6], rows.Select(row => row.Line));
        Assert.Equal([["a", "b"], ["c", ""], ["", "d\ne"], [" f ", "g"]], rows.Select(row => row.Fields.ToArray()));
        Assert.Empty(CsvFile.Parse("", "test"));
    }

    [Theory]
    [InlineData("a,b\n\"c,d", "row 2", "never closed")]
    [InlineData("a,b\nc,\"d\"e", "row 2", "after a closing quote")]
    public void Broken_quotes_are_refused_by_row(string text, string row, string reason)
    {
        var error = Assert.Throws<DataSetException>(() => CsvFile.Parse(text, "test").ToList());
        Assert.Contains(row, error.Subject, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
