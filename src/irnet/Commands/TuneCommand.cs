using System.CommandLine;
using System.Text.Json.Nodes;
using IrNetTool.Progress;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Tuning;
using Spectre.Console;

namespace IrNetTool.Commands;

/// <summary><c>irnet tune</c>: the thresholds that fit a data set.</summary>
internal static class TuneCommand
{
    public static Command Create()
    {
        var command = new ToolCommand("tune", "Find the thresholds and powers that fit a data set, by drawn masks or without any.", "irnet tune --model out/labeller.zip --data VOC2012 --split val --out tuned");
        Option<string> model = new Option<string>("--model") { Description = "A labeller.zip of 'irnet run', 'irnet import' or mlContext.Model.Save.", Required = true, HelpName = "FILE" }.MustBeFile();
        command.Options.Add(model);
        var data = new DataOptions(command);
        var output = new Option<string>("--out") { Description = "The folder of options.json (for --options of run and label), trials.csv and the networks' maps, which a later call reads again.", Required = true, HelpName = "DIR" };
        Option<int> photographs = WholeNumber.Option("--photographs", "How many photographs are tried, at most.", new TuningOptions().Photographs, 1);
        Option<int> rounds = WholeNumber.Option("--rounds", "How often all options are gone through.", new TuningOptions().Rounds, 1);
        Option<int> seed = WholeNumber.Option("--seed", "Decides which photographs are tried.", 0, int.MinValue);
        var unsupervised = new Option<bool>("--unsupervised") { Description = "Leave drawn masks unused: judge by how well masks agree with the colours of the photographs." };
        foreach (Option option in new Option[] { output, photographs, rounds, seed, unsupervised })
            command.Options.Add(option);
        var labels = new LabelOptions(command);
        var device = new DeviceOption(command);
        command.SetJob((parsed, screen, cancellation) =>
        {
            NativeTorch.Require();
            string folder = parsed.GetRequiredValue(output);
            LabellerModel labeller = LabellerModel.Load(parsed.GetRequiredValue(model));
            var options = new TuningOptions
            {
                Photographs = parsed.GetValue(photographs),
                Rounds = parsed.GetValue(rounds),
                Seed = parsed.GetValue(seed),
                Unsupervised = parsed.GetValue(unsupervised),
                InstanceNames = data.InstanceNames(parsed),
                Start = labels.Read(parsed),
                Device = device.Read(parsed),
            };
            TuningResult result = Run(screen, data.Load(parsed), labeller, folder, options, cancellation);
            result.Options.Save(Path.Combine(folder, "options.json"));
            result.SaveTrials(Path.Combine(folder, "trials.csv"));
            Print(screen, result, options.Start, folder);
            return ExitCode.Success;
        });
        return command;
    }

    private static TuningResult Run(Screen screen, PhotographSet data, LabellerModel model, string folder, TuningOptions options, CancellationToken cancellation) => screen.Follow(view =>
    {
        int count = LabelTuning.Count(data, options);
        view.Begin("maps", count, "photographs");
        var tried = new TrialCount(view);
        TuningResult result = LabelTuning.Run(data, model, Path.Combine(folder, "maps"), options, new MapCount(view, count, tried), tried, cancellation);
        view.End("done");
        return result;
    });

    private static void Print(Screen screen, TuningResult result, TunedOptions start, string folder)
    {
        Table table = MetricsTable.NewTable("option", "before", "tuned", "score");
        var options = new JsonObject();
        foreach (TuningTrial chosen in result.Trials.Where(trial => trial.Chosen).GroupBy(trial => trial.Option).Select(trials => trials.Last()))
        {
            double before = LabelTuning.ValueOf(chosen.Option, start);
            table.AddRow(Markup.Escape(chosen.Option), $"{before:0.##}", $"{chosen.Value:0.##}", MetricsTable.Percent(chosen.Score));
            options[chosen.Option] = chosen.Value;
        }
        screen.Write(table);
        screen.Line($"{result.Photographs} photographs, judged by {result.Criterion}");
        screen.Line($"masks: {MetricsTable.Percent(result.Before)} before, {MetricsTable.Percent(result.After)} tuned; options.json and trials.csv are in {folder}");
        screen.Figures = new JsonObject
        {
            ["criterion"] = result.Criterion,
            ["photographs"] = result.Photographs,
            ["before"] = double.IsNaN(result.Before) ? null : result.Before,
            ["after"] = double.IsNaN(result.After) ? null : result.After,
            ["options"] = options,
            ["out"] = folder,
        };
    }

    /// <summary>Shows how many photographs the networks have seen, and where they have seen all, that trials begin.</summary>
    private sealed class MapCount(IProgressView view, int count, TrialCount trials) : IProgress<int>
    {
        public void Report(int value)
        {
            view.Advance(value, "");
            if (value < count)
                return;
            view.End("done");
            trials.Begin();
        }
    }

    private sealed class TrialCount(IProgressView view) : IProgress<TuningTrial>
    {
        private int _done;

        public void Begin() => view.Begin("trials", 0, "");

        public void Report(TuningTrial value) => view.Advance(++_done, value.Option);
    }
}
