using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.IrNet.Notebooks;

/// <summary>Gives .NET Interactive, by its convention of names, what shows this library's types.</summary>
internal sealed class NotebookFormatterSource
{
    [SuppressMessage("Performance", "CA1822", Justification = "It is called on an instance.")]
    public IEnumerable<object> CreateTypeFormatters() => [new NotebookHtmlFormatter()];
}
