using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Photographs of a data view, decoded once and kept on disk as raw RGB, so that training reads them at random while memory stays flat whatever their number.</summary>
internal sealed class PhotographSpool(string folder) : ITaggedImages, IDisposable
{
    private readonly SpoolFile _file = new(folder);
    private readonly List<Entry> _entries = [];

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <summary>Reads the photographs of a data view, and shows on a progress channel how far that is; ends early where Fit is cancelled.</summary>
    /// <param name="folder">Where to keep them.</param>
    /// <param name="host">Where progress is shown.</param>
    /// <param name="monitor">Tells whether Fit is cancelled.</param>
    /// <param name="input">The data view.</param>
    /// <param name="columns">The columns to read.</param>
    /// <param name="open">
    /// Makes of a cursor what reads its current row, for which the transformers before may run networks. What that returns adds the photograph, beside the reading of the
    /// next row.
    /// </param>
    /// <exception cref="DataSetException">There are no rows.</exception>
    public static PhotographSpool Fill(
        string folder, IHost host, FitMonitor monitor, IDataView input, IReadOnlyList<DataViewSchema.Column> columns, Func<DataViewRow, Func<(RgbImage Photograph, Action<PhotographSpool> Add)>> open)
    {
        var spool = new PhotographSpool(folder);
        var adding = new Overlap<bool>();
        try
        {
            using IProgressChannel progress = host.StartProgressChannel("Photographs");
            using DataViewRowCursor cursor = input.GetRowCursor(columns);
            Func<(RgbImage, Action<PhotographSpool>)> read = open(cursor);
            long? total = input.GetRowCount();
            progress.SetHeader(new ProgressHeader(["photographs"]), entry =>
            {
                if (total is { } rows)
                    entry.SetProgress(0, spool.Count, rows);
                else
                    entry.SetProgress(0, spool.Count);
            });
            while (!monitor.IsCancelled && cursor.MoveNext())
            {
                (RgbImage photograph, Action<PhotographSpool> add) = read();
                adding.Take();
                adding.Begin(photograph, () =>
                {
                    add(spool);
                    return true;
                });
            }
            adding.Take();
            return spool.Count > 0 || monitor.IsCancelled
                ? spool
                : throw new DataSetException("the data view", "has no rows; Fit needs at least one photograph.");
        }
        catch
        {
            adding.Await();
            spool.Dispose();
            throw;
        }
    }

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
