using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Segmentation;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Training;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

/// <summary>Data views that DeepLab learns from in a moment, and what is logged meanwhile.</summary>
internal sealed class DeepLabBench : IDisposable
{
    public const int Side = 48;

    public static readonly DeepLabEstimatorOptions Options = new()
    {
        ClassNames = ["red", "green"],
        Backbone = TinyDeepLab.Shape,
        BackboneWeights = null,
        Training = TinyDeepLab.Recipe with { Steps = 2, BatchSize = 2 },
        Inference = new() { ShorterSide = Side },
    };

    private readonly List<string> _messages = [];

    public DeepLabBench() => Context.Log += (_, log) => _messages.Add(log.Message);

    public MLContext Context { get; } = new(seed: 1);

    public TemporaryFolder Folder { get; } = new();

    public IReadOnlyList<string> Messages => _messages;

    public DeepLabTransformer Fit(IDataView rows, DeepLabEstimatorOptions? options = null) =>
        Context.MulticlassClassification.Trainers.DeepLab(options ?? Options).Fit(rows);

    /// <summary>Photographs and maps in memory.</summary>
    /// <param name="count">How many.</param>
    /// <param name="change">Gives a row's map for the right one.</param>
    public IDataView Rows(int count, Func<int, byte[], byte[]>? change = null)
    {
        var images = new ToyImages(count, Side);
        return Context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(index => new PixelRow
        {
            Image = MLImagePixels.ToMLImage(images.Load(index)),
            SemanticMap = change?.Invoke(index, images.Labels(index).Labels) ?? images.Labels(index).Labels,
        }).ToArray());
    }

    /// <summary>The same as files, with keys, and the maps as drawn ones.</summary>
    /// <param name="count">How many.</param>
    /// <param name="turned">Whether green is the first class and red the second.</param>
    public IDataView Photographs(int count, bool turned = false)
    {
        var images = new ToyImages(count, Side);
        return Context.Data.LoadPhotographs(new PhotographSet(turned ? ["green", "red"] : ["red", "green"], [.. Enumerable.Range(0, count).Select(index =>
        {
            PngFile.Write(PathOf(index), images.Load(index));
            byte[] labels = Array.ConvertAll(images.Labels(index).Labels, label => turned && label > 0 ? (byte)(3 - label) : label);
            return new Photograph($"{index}", PathOf(index), images.Tags(index))
            {
                ReadGroundTruth = () => new([], new LabelMap(Side, Side, labels)),
            };
        })]));
    }

    /// <summary>The file of a photograph.</summary>
    public string PathOf(int index) => Folder.At($"{index}.png");

    public void Dispose() => Folder.Dispose();

    public sealed class PixelRow
    {
        [AnySizeImage]
        public MLImage? Image { get; set; }

        public byte[] SemanticMap { get; set; } = [];
    }
}
