using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Photographs of a data view, decoded once and kept on disk as raw RGB, so that training reads them at random while memory stays flat whatever their number.</summary>
internal sealed class PhotographSpool(string folder) : ITaggedImages, IDisposable
{
    private readonly SpoolFile _file = new(folder);
    private readonly List<Entry> _entries = [];

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <summary>Keeps the photograph of one row, and if there is one its interpixel label map.</summary>
    public void Add(long row, RgbImage image, int[] tags, LabelMap? labels = null)
    {
        long offset = _file.Append(image.Pixels);
        if (labels is not null)
            _file.Append(labels.Labels);
        _entries.Add(new Entry(row, offset, image.Height, image.Width, tags));
    }

    /// <inheritdoc/>
    public string Name(int index) => $"row {_entries[index].Row}";

    /// <inheritdoc/>
    public IReadOnlyList<int> Tags(int index) => _entries[index].Tags;

    /// <inheritdoc/>
    public RgbImage Load(int index)
    {
        Entry entry = _entries[index];
        return new RgbImage(entry.Height, entry.Width, _file.Read(entry.Offset, checked(entry.Height * entry.Width * 3)));
    }

    /// <summary>Reads the label map that was kept with photograph <paramref name="index"/>.</summary>
    public LabelMap LoadLabels(int index)
    {
        Entry entry = _entries[index];
        int pixels = entry.Height * entry.Width;
        return new LabelMap(entry.Height, entry.Width, _file.Read(entry.Offset + pixels * 3L, pixels));
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private readonly record struct Entry(long Row, long Offset, int Height, int Width, int[] Tags);
}
