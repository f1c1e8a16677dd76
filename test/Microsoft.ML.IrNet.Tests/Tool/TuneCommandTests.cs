using IrNetTool;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Runs;
using Microsoft.ML.IrNet.Tuning;

namespace Microsoft.ML.IrNet.Tests.Tool;

/// <summary><c>irnet tune</c>, and what <c>irnet label</c> makes of its options.</summary>
[Collection("torch")]
public sealed class TuneCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new(), _images = new();

    public TuneCommandTests()
    {
        PhotographSet data = ToyData.WithMasks(_images, 3);
        using CamNetwork cam = Networks.TinyNetworks.Cam(data.Classes.Count);
        using IrNetwork irNet = Networks.TinyNetworks.Ir();
        new LabellerModel(cam, irNet, data.Classes, new LabellerOptions { Cam = new() { Maps = new CamOptions { Scales = [1] } } }).Save(Model);
    }

    private string Model => _folder.At("labeller.zip");

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
    }

    [Fact]
    public async Task Options_and_trials_are_written_and_label_takes_them()
    {
        ToolRun run = await ToolRun.Of("tune", "--model", Model, "--data", _images.Root, "--out", _folder.At("tuned"), "--rounds", "1", "--device", "cpu", "--json", _folder.At("tuned.json"));
        Assert.Equal((ExitCode.Success, ""), (run.Code, run.Error));
        TunedOptions options = TunedOptions.Load(_folder.At("tuned", "options.json"));
        Assert.StartsWith("round,option,value,score,chosen\n0,Labels.CamBackgroundThreshold,0.05,", File.ReadAllText(_folder.At("tuned", "trials.csv")), StringComparison.Ordinal);
        Assert.Equal(LabelTuning.ValueOf("Labels.CamPower", options), JsonFile.Read(_folder.At("tuned.json")).GetProperty("options").GetProperty("Labels.CamPower").GetDouble());

        string photographs = Path.Combine(_images.Root, "JPEGImages");
        ToolRun plain = await ToolRun.Of("label", "--model", Model, "--images", photographs, "--out", _folder.At("plain"), "--device", "cpu");
        (options with { Labels = options.Labels with { BackgroundThreshold = 1 } }).Save(_folder.At("strict.json"));
        ToolRun strict = await ToolRun.Of("label", "--model", Model, "--images", photographs, "--out", _folder.At("strict"), "--options", _folder.At("strict.json"), "--device", "cpu");
        Assert.Equal((ExitCode.Success, ExitCode.Success), (plain.Code, strict.Code));
        // Above 1 there is no score: nothing is found.
        Assert.Equal(0, JsonFile.Read(_folder.At("strict", "annotations.json")).GetProperty("annotations").GetArrayLength());
        Assert.NotEqual(0, JsonFile.Read(_folder.At("plain", "annotations.json")).GetProperty("annotations").GetArrayLength());
    }

    [Fact]
    public async Task A_file_that_holds_no_options_is_one_line_and_exit_code_2()
    {
        string file = _folder.Write("options.json", """{"labels":{"beta":3}}""");
        Assert.Contains("beta", (await ToolRun.Of("label", "--model", Model, "--images", _images.Root, "--out", _folder.At("out"), "--options", file)).AssertFails(ExitCode.BadArguments), StringComparison.Ordinal);
    }
}
