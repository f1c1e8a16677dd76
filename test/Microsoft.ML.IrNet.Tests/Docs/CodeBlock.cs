using System.Text.RegularExpressions;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Docs;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page, from the root of the repository.</param>
/// <param name="Line">The number of its first line of code.</param>
/// <param name="Language">What the fence says; empty for none.</param>
/// <param name="Text">The code.</param>
internal sealed partial record CodeBlock(string Page, int Line, string Language, string Text)
{
    /// <summary>All blocks of the README, the docs and the pages of the packages.</summary>
    public static IEnumerable<CodeBlock> OfAllPages()
    {
        string root = Repository.Require();
        string[] pages =
        [
            Path.Combine(root, "README.md"),
            .. Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md").Order(StringComparer.Ordinal),
            .. Directory.EnumerateFiles(Path.Combine(root, "src"), "PACKAGE.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal),
        ];
        return pages.SelectMany(page => Of(Path.GetRelativePath(root, page).Replace('\\', '/'), File.ReadAllText(page)));
    }

    /// <summary>The blocks of a page.</summary>
    public static IEnumerable<CodeBlock> Of(string page, string text) => Fences().Matches(text.ReplaceLineEndings("\n")).Select(block => new CodeBlock(
        page, text.ReplaceLineEndings("\n")[..block.Groups["text"].Index].Count(letter => letter == '\n') + 1, block.Groups["language"].Value, block.Groups["text"].Value));

    [GeneratedRegex(@"^```(?<language>\S*)[^\n]*\n(?<text>.*?)^```\s*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();
}
