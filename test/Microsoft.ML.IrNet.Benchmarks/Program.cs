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

return new RootCommand("Times and memory of the method's stages, on generated inputs and networks of the real size.") { quick, full }.Parse(args).Invoke();
