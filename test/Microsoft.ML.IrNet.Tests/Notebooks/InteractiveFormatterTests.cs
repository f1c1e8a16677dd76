using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Notebooks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tuning;

namespace Microsoft.ML.IrNet.Tests.Notebooks;

/// <summary>The formatter of .NET Interactive finds ours by the names of a convention.</summary>
public class InteractiveFormatterTests
{
    public static TheoryData<object> Shown => new()
    {
        Pictures.Gradient(5, 7),
        NotebookDisplayTests.Labels(),
        NotebookDisplayTests.Labels().Semantic,
        new TuningResult(new TunedOptions(), "", 1, 0.5, 0.6, [new TuningTrial(0, "walk", 1, 0.25, Chosen: true)]),
        new SemanticSegmentationMetrics(2, 0, 0.5, new Dictionary<string, double> { ["<cat>"] = 0.25 }),
    };

    [Theory]
    [MemberData(nameof(Shown))]
    public void It_shows_our_HTML(object value)
    {
        Assert.Equal(NotebookDisplay.HtmlOf(value), value.ToDisplayString(HtmlFormatter.MimeType));
        Assert.Equal([HtmlFormatter.MimeType], Formatter.GetPreferredMimeTypesFor(value.GetType()));
    }

    [Fact]
    public void Other_types_are_its_own_affair() => Assert.DoesNotContain("<figure", new BoundingBox(1, 2, 3, 4).ToDisplayString(HtmlFormatter.MimeType), StringComparison.Ordinal);
}
