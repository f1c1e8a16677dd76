using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Notebooks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Shapes;

namespace Microsoft.ML.IrNet.Tests.Notebooks;

/// <summary>The notebooks of the samples, cell by cell in the scripting engine that C# kernels are built on.</summary>
[Collection("torch")]
public sealed class NotebookTests : IDisposable
{
    private const string Package = "#r \"nuget:";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Notebooks => ["tour.ipynb", "own-photographs.ipynb"];

    [SkippableTheory]
    [MemberData(nameof(Notebooks))]
    public void They_are_of_nbformat_4_without_outputs_and_with_packages_in_the_first_cell_alone(string name)
    {
        Notebook notebook = Notebook.Read(name);
        Assert.Equal(4, notebook.Json.GetProperty("nbformat").GetInt32());
        string[] code = [.. notebook.Code.Select(cell => cell.Source)];
        Assert.All(code[0].Split('\n'), line => Assert.StartsWith(Package, line, StringComparison.Ordinal));
        Assert.All(code[1..].SelectMany(source => source.Split('\n')), line => Assert.DoesNotMatch("^(#|%)", line));
        Assert.Single(notebook.Code, cell => cell.AreParameters);
        Assert.All(notebook.Json.GetProperty("cells").EnumerateArray().Where(cell => cell.TryGetProperty("outputs", out _)), cell => Assert.Equal(0, cell.GetProperty("outputs").GetArrayLength()));
        // The version that the packages of this repository have.
        Assert.Contains($"\"nuget: Microsoft.ML.IrNet, {typeof(CamEstimator).Assembly.GetName().Version!.ToString(3)}\"", code[0], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_tour_runs_and_shows_what_its_cells_end_in()
    {
        object[] shown = await Run("tour.ipynb", NotebookExample.Tour(_folder));

        Assert.Equal(["RgbImage", "String", "InstanceSegmentationMetrics", "SemanticSegmentationMetrics", "RgbImage", "LabelMap"], shown.Select(value => value.GetType().Name));
        Assert.Equal(ShapesDataSet.Classes, LabellerModel.Load(_folder.At("out", "labeller.zip")).Classes);
    }

    [SkippableFact]
    public async Task Own_photographs_are_labelled_and_shown()
    {
        (string parameters, PhotographSet written) = NotebookExample.OwnPhotographs(_folder);
        object[] shown = await Run("own-photographs.ipynb", parameters);

        Assert.Equal(["RgbImage", "String[]", "RgbImage", "ImageLabels"], shown.Select(value => value.GetType().Name));
        Assert.Equal(written.Photographs.Select(photograph => photograph.Name), LabelFolder.Read(_folder.At("out")).Photographs.Keys);
        Assert.Contains("My photographs", File.ReadAllText(_folder.At("out", "index.html")), StringComparison.Ordinal);
    }

    /// <summary>Runs all cells but that of the packages.</summary>
    /// <returns>What the cells end in; values of this library's types are shown.</returns>
    private static async Task<object[]> Run(string name, string parameters)
    {
        ScriptState<object>? state = null;
        var shown = new List<object>();
        foreach ((string source, bool areParameters) in Notebook.Read(name).Code.Skip(1))
        {
            state = await Continue(state, source);
            if (state.ReturnValue is { } value)
                shown.Add(value);
            if (areParameters)
                state = await Continue(state, parameters);
        }
        foreach (object value in shown.Where(value => value.GetType().Namespace!.StartsWith("Microsoft.ML.IrNet", StringComparison.Ordinal)))
            Assert.NotNull(NotebookDisplay.HtmlOf(value));
        return [.. shown];
    }

    private static Task<ScriptState<object>> Continue(ScriptState<object>? state, string code) =>
        state is null ? CSharpScript.RunAsync(code, Scripts.Options) : state.ContinueWithAsync(code, Scripts.Options);
}
