namespace Microsoft.ML.IrNet.Notebooks;

/// <summary>Gives .NET Interactive, by its convention of names, what shows this library's types.</summary>
internal sealed class NotebookFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new NotebookHtmlFormatter()];
}
