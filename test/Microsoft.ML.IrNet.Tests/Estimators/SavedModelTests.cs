using System.IO.Compression;
using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Estimators;

[Collection("torch")]
public sealed class SavedModelTests : IDisposable
{
    private static readonly LabellerOptions _options = new()
    {
        Cam = new() { Maps = new CamOptions { Scales = [1f], Flip = false }, TagThreshold = 0.1f, CamColumnName = "Activation" },
        IrNet = new() { Maps = new() { Canvas = 64 } },
        Instances = new() { CamColumnName = "Activation", Labels = new() { BackgroundThreshold = 0.2f, Walk = new() { Beta = 8 } } },
        Semantic = new() { CamColumnName = "Activation" },
    };

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("irnet-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string ModelPath => Path.Combine(_folder, "labeller.zip");

    [Fact]
    public void A_fresh_process_loads_the_chain_without_registration_and_computes_the_same()
    {
        string[] arguments = [.. Enumerable.Range(0, 2).SelectMany(index =>
        {
            string path = Path.Combine(_folder, $"{index}.png");
            PngFile.Write(path, TinyPipeline.Photograph(index));
            return new[] { path, index == 0 ? "cat" : "" };
        })];
        IDataView rows = _ml.Data.LoadFromEnumerable(new[] { new { ImagePath = arguments[0], TagNames = new[] { "cat", "dog" } } });
        ITransformer model = _ml.Transforms.LoadImages("Image", null, "ImagePath")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Tags", "TagNames")).Fit(rows)
            .Append(Labeller());
        _ml.Model.Save(model, rows.Schema, ModelPath);

        Assert.Equal(ModelDump.Describe(_ml, model, arguments), FreshProcess.Run([ModelPath, .. arguments]));
    }

    [Fact]
    public void The_weights_in_the_zip_are_safetensors()
    {
        Save(Labeller());
        using ZipArchive zip = ZipFile.OpenRead(ModelPath);

        ZipArchiveEntry[] weights = [.. zip.Entries.Where(entry => entry.Name == "weights.safetensors")];
        Assert.Equal(2, weights.Length);
        foreach (ZipArchiveEntry entry in weights)
        {
            using Stream stream = entry.Open();
            Assert.Contains(SafeTensors.Read(stream, entry.FullName).Keys, name => name.StartsWith("backbone.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_labeller_comes_apart_into_what_it_was_made_of()
    {
        using TransformerChain<ITransformer> labeller = Labeller();
        Save(labeller);
        ITransformer loaded = _ml.Model.Load(ModelPath, out _);
        LabellerModel model = LabellerModel.From(loaded, ModelPath);

        Assert.Equal(["cat", "dog"], model.Classes);
        Assert.Equal(_options.Instances, model.Options.Instances);
        Assert.Equal(_options.Semantic, model.Options.Semantic);
        Assert.Equal(_options.IrNet, model.Options.IrNet);
        Assert.Equal(0.1f, model.Options.Cam.TagThreshold);
        Assert.Equal([1f], model.Options.Cam.Maps.Scales);
        LabellerModel original = LabellerModel.From(labeller);
        Assert.Equal(Bytes(original.Cam), Bytes(model.Cam));
        Assert.Equal(Bytes(original.IrNet), Bytes(model.IrNet));
        ((IDisposable)loaded).Dispose();
    }

    [Fact]
    public void A_model_that_is_no_labeller_is_refused_by_name()
    {
        IDataView rows = TinyPipeline.Tagged(_ml, 1);
        ITransformer copy = _ml.Transforms.CopyColumns("Copy", "Tags").Fit(rows);

        var error = Assert.Throws<ModelFileException>(() => LabellerModel.From(copy, "copy.zip"));
        Assert.Equal("copy.zip", error.Subject);
    }

    [Fact]
    public void Names_that_do_not_fit_the_network_are_refused()
    {
        using var cam = TinyPipeline.CamNetwork(classes: 3);
        using var irNet = TinyPipeline.IrNetwork();

        Assert.Throws<ArgumentException>(() => _ml.Transforms.CreateLabeller(cam, irNet, ["cat", "dog"]));
    }

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("settings.json")]
    public void A_damaged_entry_is_named(string entryName)
    {
        Save(Labeller());
        Edit(entryName, bytes => bytes[bytes.Length / 2] ^= 1);

        AssertRefused(entryName, "damaged");
    }

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("settings.json")]
    [InlineData("settings.json.sha256")]
    public void A_missing_entry_is_named(string entryName)
    {
        Save(Labeller());
        using (ZipArchive zip = ZipFile.Open(ModelPath, ZipArchiveMode.Update))
            zip.Entries.First(entry => entry.Name == entryName).Delete();

        AssertRefused(entryName, "missing");
    }

    [Fact]
    public void A_truncated_zip_and_a_file_that_is_none_are_model_file_errors()
    {
        Save(Labeller());
        byte[] bytes = File.ReadAllBytes(ModelPath);
        File.WriteAllBytes(ModelPath, bytes[..(bytes.Length / 2)]);
        AssertRefused("cannot be loaded");
        File.WriteAllText(ModelPath, "no zip");
        AssertRefused("cannot be loaded");
        File.Delete(ModelPath);
        AssertRefused("no such file");
    }

    [Fact]
    public void A_model_of_other_transformers_is_no_labeller()
    {
        IDataView rows = TinyPipeline.Tagged(_ml, 1);
        Save(_ml.Transforms.CopyColumns("Copy", "Tags").Fit(rows));

        AssertRefused("no labeller");
    }

    [Fact]
    public void A_labeller_is_saved_whole_or_not_at_all()
    {
        using TransformerChain<ITransformer> labeller = Labeller();
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        Assert.Throws<OutputException>(() => _ml.Model.SaveLabeller(labeller, null, Path.Combine(_folder, "file", "labeller.zip")));

        _ml.Model.SaveLabeller(labeller, null, ModelPath);
        ITransformer loaded = _ml.Model.LoadLabeller(ModelPath);
        IDataView rows = TinyPipeline.Tagged(_ml, 1);
        Assert.Equal(ModelDump.Describe(labeller.Transform(rows)), ModelDump.Describe(loaded.Transform(rows)));
        ((IDisposable)loaded).Dispose();
    }

    [Fact]
    public void A_full_disk_while_saving_is_an_error_that_says_so()
    {
        using TransformerChain<ITransformer> labeller = Labeller();
        using var full = new FullStream();

        var error = Assert.ThrowsAny<IOException>(() => _ml.Model.Save(labeller, null, full));
        Assert.Contains("No space left", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_backbone_of_ones_own_saves_and_loads()
    {
        using TransformerChain<ITransformer> labeller = _ml.Transforms.CreateLabeller(
            new CamNetwork(new CountingBackbone(), 2), new IrNetwork(new CountingBackbone()), ["cat", "dog"], _options);
        Save(labeller);
        ITransformer loaded = _ml.Model.Load(ModelPath, out _);

        IDataView rows = TinyPipeline.Tagged(_ml, 1);
        Assert.Equal(ModelDump.Describe(labeller.Transform(rows)), ModelDump.Describe(loaded.Transform(rows)));
        ((IDisposable)loaded).Dispose();
    }

    [Fact]
    public void A_backbone_that_loading_could_not_make_again_is_refused_when_saving()
    {
        using TransformerChain<ITransformer> labeller = _ml.Transforms.CreateLabeller(
            new CamNetwork(new Networks.PoolingBackbone(4, 4, 8, 16, 16), 2), TinyPipeline.IrNetwork(), ["cat", "dog"], _options);

        var error = Assert.Throws<OutputException>(() => Save(labeller));
        Assert.Contains(nameof(Networks.PoolingBackbone), error.Subject, StringComparison.Ordinal);
    }

    private TransformerChain<ITransformer> Labeller()
    {
        torch.manual_seed(3);
        return _ml.Transforms.CreateLabeller(TinyPipeline.CamNetwork(), TinyPipeline.IrNetwork(), ["cat", "dog"], _options);
    }

    private void Save(ITransformer model) => _ml.Model.Save(model, null, ModelPath);

    private void AssertRefused(params string[] words)
    {
        var error = Assert.Throws<ModelFileException>(() => _ml.Model.LoadLabeller(ModelPath));
        Assert.Equal(ModelPath, error.Subject);
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
    }

    private void Edit(string entryName, Action<byte[]> damage)
    {
        using ZipArchive zip = ZipFile.Open(ModelPath, ZipArchiveMode.Update);
        using Stream stream = zip.Entries.First(entry => entry.Name == entryName).Open();
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        damage(bytes);
        stream.Position = 0;
        stream.Write(bytes);
    }

    private static byte[] Bytes(torch.nn.Module network)
    {
        using var scope = torch.NewDisposeScope();
        return [.. network.state_dict().Values.SelectMany(tensor => tensor.cpu().bytes.ToArray())];
    }

    /// <summary>A disk with room for a few kilobytes.</summary>
    private sealed class FullStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => Require(count, () => base.Write(buffer, offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Require(buffer.Length, () => { });
            base.Write(buffer);
        }

        private void Require(int count, Action write)
        {
            if (Position + count > 4096)
                throw new IOException("No space left on device");
            write();
        }
    }
}
