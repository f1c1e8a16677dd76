using System.Text;
using System.Text.Json;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export;

/// <summary>
/// Writes a label folder: annotations.json (COCO: compressed run lengths, annotation ids unique from 1 on, category ids from 1 on), SegmentationClass/NAME.png and
/// SegmentationObject/NAME.png (VOC palette PNGs), on request NetworkMaps/NAME.jpg. Annotations wait on disk until <see cref="Complete"/> writes them as one file, so that memory stays flat; without it there is
/// no annotations.json. Given a journal, a writer goes on where another one was stopped. Not for use from several threads at once.
/// </summary>
public sealed class LabelFolderWriter : IDisposable
{
    private readonly string _folder;
    private readonly IReadOnlyList<string> _classes;
    private readonly Journal _photographs;
    private LabelFileNames _fileNames = new();
    private readonly HashSet<string> _names = [];
    private readonly List<string> _warnings = [];
    private long _annotationCount;
    private bool _closed;

    /// <summary>Starts a folder, which is made where it does not exist, or goes on with one.</summary>
    /// <param name="folder">Where to write.</param>
    /// <param name="classes">The names of the classes; category id i + 1 is class i. 1 to 254 of them.</param>
    /// <param name="journal">
    /// A file for what is known of the photographs so far. What it holds from before, as the writer left it that was stopped, counts as added, unless a map of
    /// it is missing, which starts the folder anew. It stays after <see cref="Complete"/>. Null for a temporary file.
    /// </param>
    /// <exception cref="OutputException">The folder cannot be made or written to, or the maps would go through a link to elsewhere.</exception>
    public LabelFolderWriter(string folder, IReadOnlyList<string> classes, string? journal = null)
        : this(folder, classes, journal, _ => true)
    {
    }

    /// <summary>As above; what the journal holds counts only where the caller, too, has what it needs of each photograph.</summary>
    internal LabelFolderWriter(string folder, IReadOnlyList<string> classes, string? journal, Func<string, bool> isKnown)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfZero(classes.Count, nameof(classes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes.Count, LabelMap.Void - 1, nameof(classes));
        (_folder, _classes) = (folder, classes);
        try
        {
            Directory.CreateDirectory(folder);
            Links.Refuse(Path.Combine(folder, LabelFolder.ClassMaps));
            Links.Refuse(Path.Combine(folder, LabelFolder.ObjectMaps));
            Links.Refuse(Path.Combine(folder, LabelFolder.NetworkMaps));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(folder, $"could not be written ({error.Message}); check the free space and the permissions.", error);
        }
        _photographs = journal is null
            ? Journal.Temporary(Path.Combine(folder, $"{LabelFolder.Annotations}.{Environment.ProcessId}.{Guid.NewGuid():N}.part"), folder)
            : Journal.Open(journal);
        try
        {
            TakeAgain(isKnown);
        }
        catch
        {
            _photographs.Dispose();
            throw;
        }
    }

    // What the journal holds from before; a folder of which a part is missing starts anew.
    private void TakeAgain(Func<string, bool> isKnown)
    {
        if (Added().All(photograph => TryTakeAgain(photograph, isKnown)))
            return;
        _photographs.Clear();
        (_fileNames, _annotationCount) = (new LabelFileNames(), 0);
        _names.Clear();
        _warnings.Clear();
    }

    /// <summary>What could not be written as it was given, a sentence for each photograph: object maps tell apart 254 instances, beyond which the surest are drawn.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Writes the labels of one photograph.</summary>
    /// <param name="name">The photograph's name; its maps are named after it, with an underscore for each character that does not belong into a file name.</param>
    /// <param name="fileName">The image file, as annotations.json is to state it.</param>
    /// <param name="height">Rows of the photograph.</param>
    /// <param name="width">Columns of the photograph.</param>
    /// <param name="labels">Its labels, of its size.</param>
    /// <param name="maps">What they were made of, as a picture (<see cref="Rendering.MapStrip"/>) that goes to NetworkMaps/NAME.jpg for reports; null for none.</param>
    /// <exception cref="ArgumentException">The name was added before, or the labels are of another size or of classes that do not exist.</exception>
    /// <exception cref="OutputException">The disk is full or the folder not writable. The writer is of no more use when annotations could not be written.</exception>
    public void Add(string name, string fileName, int height, int width, ImageLabels labels, RgbImage? maps = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(labels);
        RequireOpen();
        RequireFit(labels, height, width);
        if (Contains(name))
            throw new ArgumentException($"'{name}' was added before.", nameof(name));

        long firstAnnotation = _annotationCount + 1;
        string labelFile = Take(name, labels.Instances.Count);
        PalettePng.Write(MapPath(LabelFolder.ClassMaps, labelFile), labels.Semantic);
        PalettePng.Write(MapPath(LabelFolder.ObjectMaps, labelFile), InstanceMaps.Objects(height, width, labels.Instances));
        if (maps is not null)
            AtomicFile.WriteBytes(Path.Combine(_folder, LabelFolder.NetworkMaps, labelFile + ".jpg"), PngFile.EncodeJpeg(maps));
        try
        {
            _photographs.Add(Line(json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("image");
                CocoJson.WriteImage(json, _names.Count, name, fileName, labelFile, height, width);
                json.WriteStartArray("annotations");
                for (int i = 0; i < labels.Instances.Count; i++)
                    CocoJson.WriteAnnotation(json, firstAnnotation + i, _names.Count, labels.Instances[i], compressed: true);
                json.WriteEndArray();
                json.WriteEndObject();
            }));
        }
        catch (OutputException)
        {
            _closed = true;
            throw;
        }
    }

    /// <summary>Whether a photograph has been added, by this writer or by the one before that was stopped.</summary>
    /// <param name="name">The photograph's name.</param>
    public bool Contains(string name) => _names.Contains(name);

    /// <summary>Writes annotations.json, whole or not at all. Nothing can be added afterwards.</summary>
    /// <exception cref="OutputException">The disk is full or the folder not writable.</exception>
    public void Complete()
    {
        RequireOpen();
        AtomicFile.Write(Path.Combine(_folder, LabelFolder.Annotations), stream =>
        {
            stream.Write("""{"info":{"description":"Microsoft.ML.IrNet labels"},"licenses":[],"images":["""u8);
            stream.Write("\n"u8);
            WriteList(stream, Added().Select(photograph => photograph.GetProperty("image")));
            stream.Write("\n],\"annotations\":[\n"u8);
            WriteList(stream, Added().SelectMany(photograph => photograph.GetProperty("annotations").EnumerateArray()));
            stream.Write("\n],\"categories\":"u8);
            JsonSerializer.Serialize(stream, _classes.Select((name, i) => new { id = i + 1, name, supercategory = "" }), JsonTypes.Plain);
            stream.Write("}\n"u8);
        });
        _closed = true;
    }

    /// <summary>Removes what waits on disk, unless it is in a journal of the caller's. Without a call of <see cref="Complete"/> before, there is no new annotations.json.</summary>
    public void Dispose()
    {
        _closed = true;
        _photographs.Dispose();
    }

    /// <summary>What is known of the photographs so far, in the order they were added in; one at a time in memory.</summary>
    private IEnumerable<JsonElement> Added()
    {
        foreach (string line in _photographs.Lines())
        {
            using JsonDocument photograph = Parse(line);
            yield return photograph.RootElement;
        }
    }

    private static JsonDocument Parse(string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            // No photograph has this form.
            return JsonDocument.Parse("null");
        }
    }

    // The line of a photograph is as this class writes it, with the file name that it gets now, and its maps are there.
    private bool TryTakeAgain(JsonElement photograph, Func<string, bool> isKnown)
    {
        try
        {
            return photograph.ValueKind == JsonValueKind.Object
                && photograph.TryGetProperty("image", out JsonElement image) && image.ValueKind == JsonValueKind.Object
                && photograph.TryGetProperty("annotations", out JsonElement annotations) && annotations.ValueKind == JsonValueKind.Array
                && Text(image, "name") is { Length: > 0 } name && Text(image, "label_file") is { } labelFile && !_names.Contains(name) && isKnown(name)
                && Take(name, annotations.GetArrayLength()) == labelFile && File.Exists(MapPath(LabelFolder.ClassMaps, labelFile)) && File.Exists(MapPath(LabelFolder.ObjectMaps, labelFile));
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, in a value or in the name of one.
            return false;
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private string MapPath(string kind, string labelFile) => Path.Combine(_folder, kind, labelFile + ".png");

    // Of photographs in the order in which they come, so that a writer that goes on gives the same names.
    private string Take(string name, int annotations)
    {
        _names.Add(name);
        _annotationCount += annotations;
        if (annotations > InstanceMaps.MaximumObjects)
            _warnings.Add($"{name}: {LabelFolder.ObjectMaps} tells {InstanceMaps.MaximumObjects} instances apart; of {annotations} the surest are drawn, {LabelFolder.Annotations} has all.");
        return _fileNames.Assign(name);
    }

    private static string Line(Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, CocoJson.Relaxed))
            write(json);
        return Encoding.UTF8.GetString(line.ToArray());
    }

    private static void WriteList(Stream stream, IEnumerable<JsonElement> elements)
    {
        bool first = true;
        foreach (JsonElement element in elements)
        {
            if (!first)
                stream.Write(",\n"u8);
            first = false;
            stream.Write(Encoding.UTF8.GetBytes(element.GetRawText()));
        }
    }

    private void RequireFit(ImageLabels labels, int height, int width)
    {
        if (labels.Semantic.Height != height || labels.Semantic.Width != width)
            throw new ArgumentException($"The semantic map is {labels.Semantic.Height} x {labels.Semantic.Width}, the photograph {height} x {width}.", nameof(labels));
        if (SemanticEvaluator.StrangeLabel(labels.Semantic, _classes.Count) is { } strange)
            throw new ArgumentException($"The semantic map holds {strange}, which is none of the {_classes.Count} classes.", nameof(labels));
        InstanceChecks.Require(labels.Instances, _classes.Count, nameof(labels));
        foreach (InstanceLabel instance in labels.Instances)
            if (instance.Mask.Height != height || instance.Mask.Width != width)
                throw new ArgumentException($"A mask is {instance.Mask.Height} x {instance.Mask.Width}, the photograph {height} x {width}.", nameof(labels));
    }

    private void RequireOpen()
    {
        if (_closed)
            throw new InvalidOperationException("The label folder is complete, disposed, or failed before; start another one.");
    }
}
