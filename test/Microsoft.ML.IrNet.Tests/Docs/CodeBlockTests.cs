using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Docs;

/// <summary>The C# of the README, the docs and the packages' pages compiles. A block sees what those above it on its page declare; it is compiled, not run.</summary>
public class CodeBlockTests
{
    /// <summary>The usings that a reader brings, and what pages take for granted: a context, a data set with tags, and a labeller that was fitted on it.</summary>
    private const string Prelude = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using Microsoft.ML;
        using Microsoft.ML.Data;
        using Microsoft.ML.IrNet;
        using Microsoft.ML.IrNet.Data;
        using Microsoft.ML.IrNet.Estimators;
        using Microsoft.ML.IrNet.Evaluation;
        using Microsoft.ML.IrNet.Export;
        using Microsoft.ML.IrNet.Imaging;
        using Microsoft.ML.IrNet.Interop;
        using Microsoft.ML.IrNet.Labelling;
        using Microsoft.ML.IrNet.Masks;
        using Microsoft.ML.IrNet.Networks;
        using Microsoft.ML.IrNet.Notebooks;
        using Microsoft.ML.IrNet.Numerics;
        using Microsoft.ML.IrNet.Rendering;
        using Microsoft.ML.IrNet.Reports;
        using Microsoft.ML.IrNet.Runs;
        using Microsoft.ML.IrNet.Segmentation;
        using Microsoft.ML.IrNet.Segmentation.Estimators;
        using Microsoft.ML.IrNet.Segmentation.Runs;
        using Microsoft.ML.IrNet.Training;
        using Microsoft.ML.IrNet.Tuning;
        using Microsoft.ML.IrNet.Weights;
        MLContext ml = null;
        PhotographSet set = null;
        IDataView tagged = null;
        ITransformer labeller = null;
        """;

    private static readonly Script<object> _prelude = CSharpScript.Create(Prelude, Scripts.Options);

    [SkippableFact]
    public void Every_page_compiles()
    {
        IGrouping<string, CodeBlock>[] pages = [.. CodeBlock.OfAllPages().Where(block => block.Language == "csharp").GroupBy(block => block.Page)];
        Assert.Contains(pages, page => page.Key == "README.md");
        Assert.Contains(pages, page => page.Key == "docs/mlnet.md");
        Assert.Contains(pages, page => page.Key == "src/Microsoft.ML.IrNet/PACKAGE.md");
        Assert.Empty(pages.SelectMany(Errors));
    }

    [SkippableFact]
    public void Csharp_is_called_so_everywhere() =>
        Assert.DoesNotContain(CodeBlock.OfAllPages(), block => block.Language is "cs" or "c#" or "C#" or "CSharp" or "dotnet");

    [Fact]
    public void What_does_not_compile_is_named_with_page_and_line()
    {
        const string Page = "# Page\n\n```csharp\nint two = 2;\n```\n\nText.\n\n```csharp\nint four = two + 2;\nint missing = ml.Data.LoadNothing();\n```\n";
        string error = Assert.Single(Errors(CodeBlock.Of("docs/page.md", Page)));
        Assert.StartsWith("docs/page.md(11,", error, StringComparison.Ordinal);
        Assert.Contains("LoadNothing", error, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Errors(IEnumerable<CodeBlock> page) =>
        Scripts.Errors(_prelude.ContinueWith(string.Concat(page.Select(block => $"#line {block.Line} \"{block.Page}\"\n{block.Text}"))));
}
