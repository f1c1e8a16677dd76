using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.IrNet.Notebooks;

/// <summary>Shows this library's types as HTML; .NET Interactive calls these members by their names.</summary>
internal sealed class NotebookHtmlFormatter
{
    public string MimeType { get; } = "text/html";

    [SuppressMessage("Performance", "CA1822", Justification = "It is called on an instance.")]
    public bool Format(object instance, TextWriter writer)
    {
        if (NotebookDisplay.HtmlOf(instance) is not { } html)
            return false;
        writer.Write(html);
        return true;
    }
}
