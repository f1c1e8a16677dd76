using System.CommandLine;
using BenchmarkDotNet.Running;
using Microsoft.ML.IrNet.Benchmarks;
using Microsoft.ML.IrNet.Interop;

// As in the tool.
NativeHeap.KeepFreed();
var json = new Option<FileInfo?>("--json") { Description = "Writes the figures to this file.", HelpName = "FILE" };
var rows = new Option<string[]>("--rows")
{
    Description = $"Measures these only: {string.Join(", ", Rows.All.Keys)}.",
    HelpName = "NAME ...",
    AllowMultipleArgumentsPerToken = true,
};
rows.AcceptOnlyFromAmong([.. Rows.All.Keys]);
var quick = new Command("quick", "Runs each row a few times, in under three minutes in all.") { json, rows };
quick.SetAction(parsed => QuickReport.Run(parsed.GetValue(rows) is { Length: > 0 } chosen ? chosen : Rows.All.Keys, parsed.GetValue(json)));

var arguments = new Argument<string[]>("options") { Description = "Options of BenchmarkDotNet, such as --filter *walk*.", Arity = ArgumentArity.ZeroOrMore };
var full = new Command("full", "Runs BenchmarkDotNet, with its statistics.") { arguments };
full.TreatUnmatchedTokensAsErrors = false;
full.SetAction(parsed => { BenchmarkRunner.Run<StageBenchmarks>(args: [.. parsed.GetValue(arguments) ?? [], .. parsed.UnmatchedTokens]); });

var csv = new Option<FileInfo>("--csv") { Description = "The table of size, seconds and MB.", HelpName = "FILE", Required = true };
var growth = new Command("label-growth", "Labels photographs of 0.2 to 12 megapixels, a process each; about six minutes.") { csv };
growth.SetAction(parsed => LabelGrowth.Measure(parsed.GetRequiredValue(csv)));
var megapixels = new Argument<double>("megapixels");
var once = new Command("label-once", "Labels one photograph of so many megapixels.") { megapixels };
once.SetAction(parsed => LabelGrowth.Once(parsed.GetValue(megapixels)));

var axis = new Option<string>("--axis") { Description = "What the sizes are of.", HelpName = "TEXT", Required = true };
var svg = new Option<FileInfo>("--svg") { Description = "The picture.", HelpName = "FILE", Required = true };
var plot = new Command("plot", "Draws a table of size, seconds and MB.") { csv, axis, svg };
plot.SetAction(parsed => File.WriteAllText(parsed.GetRequiredValue(svg).FullName, GrowthPlot.Draw(GrowthTable.Read(parsed.GetRequiredValue(csv)), parsed.GetRequiredValue(axis))));

return new RootCommand("Times and memory of the method's stages, on generated inputs and networks of the real size.") { quick, full, growth, once, plot }
    .Parse(args).Invoke();
