using System.Diagnostics;
using System.Text.RegularExpressions;
using IrNetTool;
using IrNetTool.Commands;
using IrNetTool.Progress;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Tests.Masks;
using Microsoft.ML.IrNet.Tests.Networks;
using Microsoft.ML.IrNet.Training;
using Spectre.Console;

namespace Microsoft.ML.IrNet.Tests.Tool;

/// <summary>What the commands print fits a terminal of 80 columns, and has colours on a terminal alone.</summary>
[Collection("torch")]
public partial class ScreenTests
{
    private const int Columns = 80;

    private static readonly string[] _names = [.. Enumerable.Range(0, 80).Select(i => i % 2 == 0 ? $"class {i}" : $"{i} {new string('x', 90)} of several words")];

    [Fact]
    public void Tables_fit_with_many_classes_and_long_names()
    {
        using StringWriter output = new();
        EvaluationReport report = Report();
        var screen = new Screen(output, $"{Columns}");
        MetricsTable.Print(screen, report, _names);
        using var run = new LabellingRunResult
        {
            CamNetwork = TinyNetworks.Cam(2),
            IrNetwork = TinyNetworks.Ir(),
            Evaluation = report,
            Ablation = [new AblationRow("CAM, class boundaries and the displacement field, and a name that is longer than it ever was", 1, 1)],
            Seconds = Enum.GetValues<RunStage>().ToDictionary(stage => stage, _ => 123456.7),
            Losses = new Dictionary<RunStage, IReadOnlyList<LossCurve>>(),
            Skipped = [],
            Warnings = [],
        };
        RunReport.Print(screen, run, _names, "out");
        string[] lines = output.ToString().Split(Environment.NewLine);
        Assert.All(lines, line => Assert.True(line.Length <= Columns, line));
        // Names may break, numbers may not: a column for each in the line of the mean.
        Assert.Contains(lines, line => MeanLine().IsMatch(line));
        Assert.All(Enumerable.Range(0, 40), i => Assert.Contains(lines, line => line.Contains($" class {2 * i} ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Progress_fits_and_says_how_long_it_will_take()
    {
        foreach (RunStage stage in Enum.GetValues<RunStage>())
        {
            using StringWriter output = new();
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(output) });
            console.Profile.Width = Columns;
            await LiveProgress.FollowAsync(console, view =>
            {
                view.Begin(stage.Title(), 10_000, stage.Unit());
                view.Advance(0, "");
                Thread.Sleep(5);
                view.Advance(1, "");
                return Task.FromResult(0);
            });
            string[] lines = Movement().Replace(Style().Replace(output.ToString(), ""), "\n").Split('\n', '\r');
            Assert.All(lines, line => Assert.True(line.Length <= Columns, line));
            Assert.Contains(lines, line => Regex.IsMatch(line, $@"{stage.Title()} [\d.]+(/s| s each)  \d\d:\d\d:\d\d left .* 0%"));
        }
    }

    [Theory]
    [InlineData("100", 100)]
    [InlineData("10", 200)]
    [InlineData("wide", 200)]
    [InlineData(null, 200)]
    public void Columns_says_how_wide(string? columns, int expected)
    {
        using StringWriter output = new();
        new Screen(output, columns).Write(new Rule());
        Assert.Equal(expected, output.ToString().TrimEnd().Length);
    }

    [SkippableTheory]
    [InlineData(true, "NO_COLOR", null)]
    [InlineData(false, "NO_COLOR", "1")]
    [InlineData(false, "TERM", "dumb")]
    public async Task A_terminal_has_colours_unless_told_not_to(bool coloured, string variable, string? value)
    {
        Skip.IfNot(File.Exists("/usr/bin/script"), "A terminal is made by util-linux's script.");
        ProcessStartInfo start = new("/usr/bin/script", ["-qec", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "irnet.dll")}' doctor", "/dev/null"]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        if (value is not null)
            start.Environment[variable] = value;
        Assert.Equal(coloured, Colour().IsMatch(await Output(start)));
    }

    [Fact]
    public async Task A_pipe_has_none()
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "irnet.dll"), "doctor"]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        Assert.DoesNotContain("\e", await Output(start), StringComparison.Ordinal);
    }

    private static async Task<string> Output(ProcessStartInfo start)
    {
        using Process tool = Process.Start(start)!;
        string output = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        Assert.Contains("torch: ", output, StringComparison.Ordinal);
        return output;
    }

    private static EvaluationReport Report()
    {
        InstanceLabel[] instances = [.. _names.Select((_, i) => MaskGenerators.Instance(i, 1, RunLengthMask.FromRowMajor(2, _names.Length, [.. Enumerable.Range(0, 2 * _names.Length).Select(pixel => (byte)(pixel == i ? 1 : 0))])))];
        var truth = new ImageLabels(instances, InstanceMaps.Semantic(2, _names.Length, instances));
        return LabelEvaluation.Evaluate(new PhotographSet(_names, [new Photograph("one", "one.png", []) { ReadGroundTruth = () => truth }]), _ => truth);
    }

    [GeneratedRegex(@"^ *mean( +[\d.]+){4} *$")]
    private static partial Regex MeanLine();

    [GeneratedRegex(@"\e\[[\d;]*m")]
    private static partial Regex Style();

    [GeneratedRegex(@"\e\[[\d;?]*[A-Za-z]")]
    private static partial Regex Movement();

    [GeneratedRegex(@"\e\[[\d;]*[34]8;")]
    private static partial Regex Colour();
}
