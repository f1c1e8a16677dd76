using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Training;

namespace Shapes;

/// <summary>The built-in data set: images of shapes, drawn from a seed, with tags for training and exact masks for evaluation.</summary>
public sealed class ShapesDataSet : ITaggedImages
{
    private readonly RgbImage[] _images;
    private readonly ImageLabels[] _truth;

    /// <summary>Draws the first <paramref name="count"/> images of the endless series that <paramref name="seed"/> names.</summary>
    public ShapesDataSet(int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _images = new RgbImage[count];
        _truth = new ImageLabels[count];
        Parallel.For(0, count, index =>
        {
            var random = new Random(unchecked(seed * 1_000_003 + index));
            Scene scene = Scene.Compose(random);
            _truth[index] = scene.ToLabels();
            _images[index] = ScenePainter.Paint(scene, random);
        });
    }

    public static IReadOnlyList<string> Classes { get; } = [.. ShapeClass.All.Select(kind => kind.Name)];

    public int Count => _images.Length;

    public string Name(int index) => $"shapes_{index:D4}";

    public IReadOnlyList<int> Tags(int index) => [.. _truth[index].Instances.Select(instance => instance.ClassIndex).Distinct().Order()];

    public RgbImage Load(int index) => _images[index];

    /// <summary>What is visible of each object of image <paramref name="index"/>, and the semantic map.</summary>
    public ImageLabels Truth(int index) => _truth[index];
}
