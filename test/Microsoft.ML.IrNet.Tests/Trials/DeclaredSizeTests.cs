using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Training;
using Microsoft.ML.IrNet.Training;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>A size that a file only declares is refused before memory of that size is taken.</summary>
[Collection("torch")]
public sealed class DeclaredSizeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"a":{"dtype":"U8","shape":[4611686018427387904],"data_offsets":[0,4611686018427387904]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[536870911],"data_offsets":[0,2147483644]}}""")]
    public void Of_a_safetensors_tensor(string header)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        Refused<WeightsException>(() => SafeTensors.Read(new MemoryStream([.. length, .. Encoding.ASCII.GetBytes(header), 0, 0, 0, 0]), "declared"));
    }

    [Fact]
    public void Of_a_tensor_in_a_pickle()
    {
        byte[] huge = [0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 0x40];
        byte[] pickle =
        [
            0x80, 2, .. "}U\u0001wctorch._utils\n_rebuild_tensor_v2\n((U\u0007storagectorch\nFloatStorage\nU\u00010U\u0003cpu"u8, .. huge, .. "tQK\0"u8, .. huge, 0x85, .. "K\u0001"u8, 0x85, 0x89, .. "NtRs."u8,
        ];
        byte[] file = ZipMutator.Pack([("m/data.pkl", pickle), ("m/data/0", new byte[4])], System.IO.Compression.CompressionLevel.NoCompression);
        Refused<WeightsException>(() => PthFile.Read(new MemoryStream(file), "declared"));
    }

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(1, int.MaxValue)]
    [InlineData(20_000, 20_000)]
    public void Of_a_label_map(int height, int width) =>
        Refused<ImageFileException>(() => PalettePng.Read(new MemoryStream(Pictures.Png(height, width, 8, 3, [0, 1])), "declared"));

    [Theory]
    [InlineData("""{"size": [2147483648, 2147483648], "counts": "0"}""")]
    [InlineData("""{"size": [2147483647, 2147483647], "counts": [4294967295]}""")]
    [InlineData("""{"size": [4611686018427387904, 1], "counts": [0]}""")]
    public void Of_a_mask(string segmentation) => Refused<DataSetException>(() => CocoSegmentation.Read(JsonDocument.Parse(segmentation).RootElement, int.MaxValue, int.MaxValue));

    [Theory]
    [InlineData("46340", "46340")]
    [InlineData("2147483647", "2147483647")]
    [InlineData("4611686018427387904", "1")]
    public void Of_a_photograph_in_a_label_folder(string height, string width)
    {
        string file = _folder.Write("annotations.json",
            $$"""{"images": [{"id": 1, "file_name": "a", "height": {{height}}, "width": {{width}}}], "annotations": [], "categories": [{"id": 1, "name": "cat"}]}""");
        Refused<DataSetException>(() => LabelFolder.Read(file));
    }

    [Theory]
    [InlineData("4611686018427387904")]
    [InlineData("10")]
    public void Of_the_steps_in_a_checkpoint(string steps)
    {
        var options = new CamTrainingOptions { Epochs = 1, BatchSize = 2, CropSize = 32, ResizeLongMin = 30, ResizeLongMax = 40, CheckpointDirectory = _folder.Root };
        using var network = Training.TinyNetworks.Cam();
        CamTrainer.Train(network, new ToyImages(4, 32), options);
        string file = Directory.GetFiles(_folder.Root).Single();
        StateDict state = SafeTensors.Read(file);
        // Losses of another number of steps would be noticed first.
        IEnumerable<StoredTensor> others = state.Values.Where(tensor => !tensor.Name.StartsWith("losses.", StringComparison.Ordinal));
        SafeTensors.Write(file, new StateDict(others, new Dictionary<string, string>(state.Metadata) { ["step"] = steps }));
        Assert.Contains($"{steps} steps are done", Assert.Throws<WeightsException>(() => CamTrainer.Train(network, new ToyImages(4, 32), options)).Message, StringComparison.Ordinal);
    }

    private static void Refused<T>(Action read) where T : IrNetException
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<T>(read);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }
}
