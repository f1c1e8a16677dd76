using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Training;

/// <summary>Noise with a red disc (class 0), a green square (class 1), or both: learnable in a few steps.</summary>
internal sealed class ToyImages(int count, int size = 48) : ITaggedImages
{
    /// <summary>Indices whose file is to be broken.</summary>
    public HashSet<int> Broken { get; init; } = [];

    /// <summary>Called before each photograph is given.</summary>
    public Action<int>? OnLoad { get; init; }

    public int Count => count;

    public string Name(int index) => $"toy{index}";

    public IReadOnlyList<int> Tags(int index) => (index % 3) switch { 0 => [0], 1 => [1], _ => [0, 1] };

    public RgbImage Load(int index)
    {
        OnLoad?.Invoke(index);
        if (Broken.Contains(index))
            throw new ImageFileException(Name(index), "is broken for this test.");
        byte[] pixels = new byte[size * size * 3];
        new Random(index).NextBytes(pixels);
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(100 + pixels[i] / 8);
        byte[] labels = Labels(index).Labels;
        for (int i = 0; i < labels.Length; i++)
            if (labels[i] > 0)
                pixels[3 * i + labels[i] - 1] = 250;
        return new RgbImage(size, size, pixels);
    }

    /// <summary>The exact masks, as interpixel labels.</summary>
    public LabelMap Labels(int index)
    {
        byte[] labels = new byte[size * size];
        int half = size / 2;
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
            {
                if (Tags(index).Contains(0) && (y - half / 2) * (y - half / 2) + (x - half / 2) * (x - half / 2) < half * half / 6)
                    labels[y * size + x] = 1;
                if (Tags(index).Contains(1) && y > half + 2 && y < size - 4 && x > half + 2 && x < size - 4)
                    labels[y * size + x] = 2;
            }
        return new LabelMap(size, size, labels);
    }
}
