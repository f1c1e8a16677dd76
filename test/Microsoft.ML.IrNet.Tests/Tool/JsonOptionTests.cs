using System.Text.Json;
using IrNetTool;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Runs;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Tool;

/// <summary>With --json alone a command writes one JSON object to standard output and nothing else.</summary>
[Collection("torch")]
public sealed class JsonOptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _images = new();

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
    }

    [Fact]
    public async Task Figures_of_a_run_and_of_all_that_uses_its_models()
    {
        PhotographSet data = ToyData.WithMasks(_images, 2);
        string images = Path.Combine(_images.Root, "JPEGImages"), student = _folder.At("out", "deeplab.zip");
        JsonElement run = await Figures(ExitCode.Success, "label: 2 photographs",
            "run", "--data", _images.Root, "--out", _folder.At("out"), "--backbone", "resnet18", "--backbone-weights", "none", "--cam-epochs", "1", "--irnet-epochs", "1",
            "--batch", "2", "--crop", "80", "--scales", "1", "--device", "cpu", "--student", "deeplab", "--student-iterations", "1", "--json");
        JsonElement metrics = JsonFile.Read(_folder.At("out", "metrics.json"));
        Assert.All(metrics.EnumerateObject(), part => Assert.Equal(part.Value.ToString(), run.GetProperty(part.Name).ToString()));
        Assert.Equal(student, run.GetProperty("students")[0].GetProperty("out").GetString());
        Assert.Equal(_folder.At("out"), run.GetProperty("out").GetString());

        string[] evaluate = ["evaluate", "--labels", _folder.At("out"), "--data", _images.Root];
        JsonElement evaluated = await Figures(ExitCode.Success, "evaluate: done", [.. evaluate, "--json"]);
        Assert.Equal(metrics.GetProperty("semantic").ToString(), evaluated.GetProperty("semantic").ToString());
        ToolRun toFile = await ToolRun.Of([.. evaluate, "--json", _folder.At("evaluated.json")]);
        Assert.Equal((ExitCode.Success, ""), (toFile.Code, toFile.Error));
        Assert.Contains("evaluate: done", toFile.Output, StringComparison.Ordinal);
        Assert.Equal(evaluated.ToString(), JsonFile.Read(_folder.At("evaluated.json")).ToString());

        File.WriteAllText(Path.Combine(images, "broken.jpg"), "no image");
        foreach (string[] pass in new string[][] { ["label", "--model", _folder.At("out", "labeller.zip")], ["predict", "--model", student] })
        {
            JsonElement labelled = await Figures(ExitCode.Failed, "2 photographs labelled, 1 left out", [.. pass, "--images", images, "--out", _folder.At(pass[0]), "--json"]);
            Assert.Equal(data.Photographs.Count, labelled.GetProperty("labelled").GetInt32());
            Assert.Equal("broken", labelled.GetProperty("skipped")[0].GetProperty("name").GetString());
            Assert.Equal(_folder.At(pass[0]), labelled.GetProperty("out").GetString());
        }

        File.Delete(Path.Combine(images, "broken.jpg"));
        JsonElement trained = await Figures(ExitCode.Success, "train DeepLab: done",
            "train-student", "--data", _images.Root, "--json", "--model", "deeplab", "--out", _folder.At("student.zip"), "--backbone", "resnet18", "--backbone-weights", "none",
            "--iterations", "2", "--batch", "2", "--shorter-side", "64", "--device", "cpu");
        Assert.Equal(("deeplab", 2, 2), (trained.GetProperty("model").GetString(), trained.GetProperty("photographs").GetInt32(), trained.GetProperty("steps").GetInt32()));
        Assert.All(trained.GetProperty("losses").EnumerateObject(), loss => Assert.True(loss.Value.GetDouble() > 0));
        Assert.NotEmpty(trained.GetProperty("losses").EnumerateObject());
    }

    [Fact]
    public async Task Figures_of_an_import()
    {
        string cam = _folder.At("cam.safetensors"), irNet = _folder.At("irnet.safetensors");
        using (var network = new CamNetwork(new ResNetBackbone(new ResNetOptions()), 2))
            SafeTensors.Write(cam, Official(network));
        using (var network = new IrNetwork(new ResNetBackbone(new ResNetOptions())))
            SafeTensors.Write(irNet, Official(network));
        JsonElement imported = await Figures(ExitCode.Success, "import: done",
            "import", "--cam", cam, "--irnet", irNet, "--classes", _folder.Write("classes.txt", "disc\nsquare"), "--out", _folder.At("labeller.zip"), "--json");
        Assert.Equal(2, imported.GetProperty("classes").GetInt32());
        Assert.True(imported.GetProperty("cam").GetProperty("loaded").GetInt32() > 100);
        Assert.Empty(imported.GetProperty("irnet").GetProperty("unexpected").EnumerateArray());
    }

    [Fact]
    public async Task Of_what_fails_there_are_none()
    {
        ToyData.WriteTagged(_images, 1);
        ToolRun run = await ToolRun.Of("evaluate", "--labels", _images.Root, "--data", _images.Root, "--json");
        Assert.Equal("", run.Output);
        run.AssertFails(ExitCode.BadArguments);
    }

    // As the published code calls the backbone's weights.
    private static StateDict Official(TorchSharp.torch.nn.Module network) =>
        new(ModuleWeights.Save(network).Values.Select(tensor => tensor with { Name = tensor.Name.Replace("backbone.", "resnet50.", StringComparison.Ordinal) }));

    private static async Task<JsonElement> Figures(int code, string line, params string[] arguments)
    {
        ToolRun run = await ToolRun.Of(arguments);
        Assert.True(code == run.Code, run.Error);
        Assert.Contains(line, run.Error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(run.Output);
        return document.RootElement.Clone();
    }
}
