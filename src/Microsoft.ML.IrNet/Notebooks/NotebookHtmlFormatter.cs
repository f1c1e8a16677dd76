namespace Microsoft.ML.IrNet.Notebooks;

/// <summary>Shows this library's types as HTML; .NET Interactive calls these members by their names.</summary>
internal sealed class NotebookHtmlFormatter
{
    public string MimeType => "text/html";

    public bool Format(object instance, TextWriter writer)
    {
        if (NotebookDisplay.HtmlOf(instance) is not { } html)
            return false;
        writer.Write(html);
        return true;
    }
}
