using System.Text.Json;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export;

/// <summary>
/// Writes a label folder: annotations.json (COCO: compressed run lengths, annotation ids unique from 1 on, category ids from 1 on), SegmentationClass/NAME.png and
/// SegmentationObject/NAME.png (VOC palette PNGs). Annotations wait on disk until <see cref="Complete"/> writes them as one file, so that memory stays flat; without it there is
/// no annotations.json. Not for use from several threads at once.
/// </summary>
public sealed class LabelFolderWriter : IDisposable
{
    private readonly string _folder;
    private readonly IReadOnlyList<string> _classes;
    private readonly JsonSpool _images, _annotations;
    private readonly LabelFileNames _fileNames = new();
    private readonly HashSet<string> _names = [];
    private readonly List<string> _warnings = [];
    private long _annotationCount;
    private bool _closed;

    /// <summary>Starts a folder, which is made where it does not exist.</summary>
    /// <param name="folder">Where to write.</param>
    /// <param name="classes">The names of the classes; category id i + 1 is class i. 1 to 254 of them.</param>
    /// <exception cref="OutputException">The folder cannot be made or written to.</exception>
    public LabelFolderWriter(string folder, IReadOnlyList<string> classes)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfZero(classes.Count, nameof(classes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes.Count, LabelMap.Void - 1, nameof(classes));
        (_folder, _classes) = (folder, classes);
        try
        {
            Directory.CreateDirectory(folder);
            _images = new JsonSpool(PartPath("images"));
            _annotations = new JsonSpool(PartPath("annotations"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _images?.Dispose();
            throw CannotWrite(error);
        }
    }

    /// <summary>What could not be written as it was given, a sentence for each photograph: object maps tell apart 254 instances, beyond which the surest are drawn.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Writes the labels of one photograph.</summary>
    /// <param name="name">The photograph's name; its maps are named after it, with an underscore for each character that does not belong into a file name.</param>
    /// <param name="fileName">The image file, as annotations.json is to state it.</param>
    /// <param name="height">Rows of the photograph.</param>
    /// <param name="width">Columns of the photograph.</param>
    /// <param name="labels">Its labels, of its size.</param>
    /// <exception cref="ArgumentException">The name was added before, or the labels are of another size or of classes that do not exist.</exception>
    /// <exception cref="OutputException">The disk is full or the folder not writable. The writer is of no more use when annotations could not be written.</exception>
    public void Add(string name, string fileName, int height, int width, ImageLabels labels)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(labels);
        RequireOpen();
        RequireFit(labels, height, width);
        if (!_names.Add(name))
            throw new ArgumentException($"'{name}' was added before.", nameof(name));

        string labelFile = _fileNames.Assign(name);
        PalettePng.Write(Path.Combine(_folder, LabelFolder.ClassMaps, labelFile + ".png"), labels.Semantic);
        PalettePng.Write(Path.Combine(_folder, LabelFolder.ObjectMaps, labelFile + ".png"), InstanceMaps.Objects(height, width, labels.Instances));
        if (labels.Instances.Count > InstanceMaps.MaximumObjects)
            _warnings.Add($"{name}: {LabelFolder.ObjectMaps} tells {InstanceMaps.MaximumObjects} instances apart; of {labels.Instances.Count} the surest are drawn, {LabelFolder.Annotations} has all.");
        try
        {
            long id = _names.Count;
            _images.Add(json => WriteImage(json, id, name, fileName, labelFile, height, width));
            foreach (InstanceLabel instance in labels.Instances)
                _annotations.Add(json => WriteAnnotation(json, ++_annotationCount, id, instance));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _closed = true;
            throw CannotWrite(error);
        }
    }

    /// <summary>Writes annotations.json, whole or not at all. Nothing can be added afterwards.</summary>
    /// <exception cref="OutputException">The disk is full or the folder not writable.</exception>
    public void Complete()
    {
        RequireOpen();
        AtomicFile.Write(Path.Combine(_folder, LabelFolder.Annotations), stream =>
        {
            stream.Write("""{"info":{"description":"Microsoft.ML.IrNet labels"},"licenses":[],"images":["""u8);
            stream.Write("\n"u8);
            _images.CopyTo(stream);
            stream.Write("\n],\"annotations\":[\n"u8);
            _annotations.CopyTo(stream);
            stream.Write("\n],\"categories\":"u8);
            JsonSerializer.Serialize(stream, _classes.Select((name, i) => new { id = i + 1, name, supercategory = "" }));
            stream.Write("}\n"u8);
        });
        _closed = true;
    }

    /// <summary>Removes what waits on disk. Without a call of <see cref="Complete"/> before, there is no new annotations.json.</summary>
    public void Dispose()
    {
        _closed = true;
        _images.Dispose();
        _annotations.Dispose();
    }

    private static void WriteImage(Utf8JsonWriter json, long id, string name, string fileName, string labelFile, int height, int width)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteString("file_name", fileName);
        json.WriteNumber("height", height);
        json.WriteNumber("width", width);
        json.WriteString("name", name);
        json.WriteString("label_file", labelFile);
        json.WriteEndObject();
    }

    private static void WriteAnnotation(Utf8JsonWriter json, long id, long imageId, InstanceLabel instance)
    {
        BoundingBox box = instance.Box;
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", imageId);
        json.WriteNumber("category_id", instance.ClassIndex + 1);
        json.WriteStartObject("segmentation");
        json.WriteStartArray("size");
        json.WriteNumberValue(instance.Mask.Height);
        json.WriteNumberValue(instance.Mask.Width);
        json.WriteEndArray();
        json.WriteString("counts", instance.Mask.ToCompressedString());
        json.WriteEndObject();
        json.WriteNumber("area", instance.Mask.Area);
        json.WriteStartArray("bbox");
        foreach (double side in (double[])[box.X0, box.Y0, (double)box.X1 - box.X0, (double)box.Y1 - box.Y0])
            json.WriteNumberValue(side);
        json.WriteEndArray();
        json.WriteNumber("iscrowd", instance.IsCrowd ? 1 : 0);
        json.WriteNumber("score", instance.Score);
        json.WriteEndObject();
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

    private string PartPath(string list) => Path.Combine(_folder, $"annotations.{list}.{Environment.ProcessId}.{Guid.NewGuid():N}.part");

    private OutputException CannotWrite(Exception error) =>
        new(_folder, $"could not be written ({error.Message}); check the free space and the permissions.", error);
}
