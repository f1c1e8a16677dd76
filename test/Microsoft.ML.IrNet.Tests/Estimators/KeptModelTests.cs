using System.IO.Compression;
using System.Text.Json;
using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Runs;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Segmentation;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Estimators;

/// <summary>
/// Models that released versions saved load for ever, with the weights they had. Golden/models has a folder for each version; IRNET_KEEP_MODELS=FOLDER writes that of this version.
/// </summary>
[Collection("torch")]
public sealed class KeptModelTests : IDisposable
{
    private const string Note = "digests.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Models => Path.Combine(AppContext.BaseDirectory, "Golden", "models");

    public static TheoryData<string> Versions => [.. Directory.GetDirectories(Models)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Models_of_earlier_versions_load_with_the_weights_they_had(string folder)
    {
        var ml = new MLContext(seed: 1);
        Dictionary<string, string> expected = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(folder, Note)))!;
        LabellerModel labeller = LabellerModel.Load(Path.Combine(folder, "labeller.zip"));
        using StudentTransformer maskRcnn = StudentFile.Load(ml, Path.Combine(folder, "maskrcnn.zip")), deepLab = StudentFile.Load(ml, Path.Combine(folder, "deeplab.zip"));
        Assert.Equal(expected, Digests(labeller.Cam, labeller.IrNet, maskRcnn, deepLab));
        Assert.Equal(["cat", "dog"], labeller.Classes);
        Assert.Equal(["cat", "dog"], maskRcnn.Classes);
        Assert.Equal(["cat", "dog"], deepLab.Classes);

        // And they work: each gives a map of the photograph's size.
        using var cams = new ClassActivationMapper(labeller.Cam, labeller.Options.Cam.Maps);
        Assert.Equal(2, cams.Compute(TinyPipeline.Photograph(0), null, tagThreshold: 0).Tags.Length);
        foreach (StudentTransformer student in new[] { maskRcnn, deepLab })
            Assert.Equal(TinyPipeline.Height * TinyPipeline.Width, student.Label(TinyPipeline.Photograph(0)).Semantic.Labels.Length);
    }

    [Fact]
    public void A_model_of_this_version_keeps_its_digests()
    {
        string folder = Environment.GetEnvironmentVariable("IRNET_KEEP_MODELS") is { Length: > 0 } kept ? kept : _folder.Root;
        Directory.CreateDirectory(folder);
        torch.random.manual_seed(1);
        var ml = new MLContext(seed: 1);
        var backbone = new ResNetOptions { Depth = ResNetDepth.ResNet18, BaseWidth = 2 };
        using CamNetwork cam = new(new ResNetBackbone(backbone), 2, frozenStages: 0);
        using IrNetwork irNet = new(new ResNetBackbone(backbone));
        // The branches have their published widths whatever the backbone: one value for all their weights keeps the file small.
        using (torch.no_grad())
            foreach ((string name, TorchSharp.Modules.Parameter parameter) in irNet.named_parameters())
                if (!name.StartsWith("backbone.", StringComparison.Ordinal))
                    parameter.fill_(0.01f);
        using MaskRcnnTransformer maskRcnn = new(ContextSettings.GetEnvironment(ml.Transforms), new MaskRcnnNetwork(new ResNetBackbone(backbone with { OutputStride = 32 }), 2, channels: 4), ["cat", "dog"],
            new MaskRcnnTransformerOptions { Inference = new MaskRcnnInferenceOptions { ShorterSide = 32, LongerSide = 64 } });
        using DeepLabTransformer deepLab = new(ContextSettings.GetEnvironment(ml.Transforms), new DeepLabNetwork(new ResNetBackbone(backbone with { OutputStride = 8, Dilated = true }), 2, DeepLabHead.V2, auxiliary: false), ["cat", "dog"],
            new DeepLabTransformerOptions { Inference = new DeepLabInferenceOptions { ShorterSide = 32 } });
        new LabellerModel(cam, irNet, ["cat", "dog"], new LabellerOptions { Cam = new() { Maps = new CamOptions { Scales = [1] } }, IrNet = new() { Maps = new() { Canvas = 64 } } }).Save(Path.Combine(folder, "labeller.zip"));
        StudentFile.Save(maskRcnn, Path.Combine(folder, "maskrcnn.zip"));
        StudentFile.Save(deepLab, Path.Combine(folder, "deeplab.zip"));
        File.WriteAllText(Path.Combine(folder, Note), JsonSerializer.Serialize(Digests(cam, irNet, maskRcnn, deepLab), Indented));
        Models_of_earlier_versions_load_with_the_weights_they_had(folder);
    }

    [Fact]
    public void A_model_of_a_later_version_is_refused_with_the_version_that_can_read_it()
    {
        string path = _folder.At("later.zip");
        File.Copy(Path.Combine(Models, "0.1.0", "labeller.zip"), path);
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update))
            foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => entry.Name == "Model.key").ToList())
                Rewrite(entry, bytes => Replace(bytes, [1, 0, 1, 0, 1, 0, 1, 0], [2, 0, 1, 0, 2, 0, 1, 0]));
        string message = Assert.Throws<ModelFileException>(() => LabellerModel.Load(path)).Message;
        Assert.Contains($"was saved by version {FormatVersion.Program} of this library", message, StringComparison.Ordinal);
    }

    private static void Rewrite(ZipArchiveEntry entry, Func<byte[], byte[]> change)
    {
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        byte[] changed = change(bytes.ToArray());
        stream.Position = 0;
        stream.SetLength(0);
        stream.Write(changed);
    }

    private static byte[] Replace(byte[] bytes, byte[] old, byte[] with)
    {
        for (int at; (at = bytes.AsSpan().IndexOf(old)) >= 0;)
            with.CopyTo(bytes, at);
        return bytes;
    }

    private static Dictionary<string, string> Digests(CamNetwork cam, IrNetwork irNet, StudentTransformer maskRcnn, StudentTransformer deepLab) => new()
    {
        ["cam"] = RunIdentity.Of(cam),
        ["irnet"] = RunIdentity.Of(irNet),
        ["maskrcnn"] = maskRcnn.WeightsDigest(),
        ["deeplab"] = deepLab.WeightsDigest(),
    };
}
