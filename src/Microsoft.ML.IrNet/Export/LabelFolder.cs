using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export;

/// <summary>
/// Labels on disk, of a label folder (<see cref="LabelFolderWriter"/>), of a COCO annotation file or of a COCO results file. Masks are decoded when they are asked for.
/// </summary>
public sealed class LabelFolder
{
    internal const string Annotations = "annotations.json", ClassMaps = "SegmentationClass", ObjectMaps = "SegmentationObject", NetworkMaps = "NetworkMaps";

    private readonly string _source;
    private readonly IReadOnlyDictionary<string, string> _networkMaps;

    private LabelFolder(
        string source, IReadOnlyList<string> classes, IReadOnlyDictionary<string, Func<ImageLabels>> photographs, IReadOnlyDictionary<string, (int Height, int Width)> sizes,
        IReadOnlyList<LabelledImage> images, IReadOnlyDictionary<string, string> networkMaps) =>
        (_source, Classes, Photographs, Sizes, Images, _networkMaps) = (source, classes, photographs, sizes, images, networkMaps);

    /// <summary>What the list states of a photograph.</summary>
    /// <param name="Name">The photograph's name, by which its labels are found.</param>
    /// <param name="FileName">Its file.</param>
    /// <param name="Height">Rows.</param>
    /// <param name="Width">Columns.</param>
    internal sealed record LabelledImage(string Name, string FileName, int Height, int Width);

    /// <summary>The names of the classes, to which class indices refer.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>
    /// Reads the labels of a photograph, by its name: instances with their scores, and the semantic map, which is drawn from the instances where there is no PNG.
    /// The functions throw <see cref="DataSetException"/> and <see cref="ImageFileException"/>, and may be called from several threads.
    /// </summary>
    public IReadOnlyDictionary<string, Func<ImageLabels>> Photographs { get; }

    /// <summary>What the list states the sizes of photographs to be; empty for a results file, which states none.</summary>
    internal IReadOnlyDictionary<string, (int Height, int Width)> Sizes { get; }

    /// <summary>The photographs in the order of the list; empty for a results file.</summary>
    internal IReadOnlyList<LabelledImage> Images { get; }

    /// <summary>Reads the list of what is labelled.</summary>
    /// <param name="path">A label folder, a COCO annotation file, or a COCO results file (a list of detections).</param>
    /// <param name="set">
    /// The data set that a results file refers to, by the ids of COCO or, where the data set has none, the digits of a photograph's name and class index + 1; a photograph without
    /// detections is one in which nothing was found. Not used for the others.
    /// </param>
    /// <exception cref="DataSetException">It is missing or damaged or contradicts itself, or a results file was given without data set.</exception>
    public static LabelFolder Read(string path, PhotographSet? set = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            return ReadAnnotations(AnnotationsOf(path));
        if (!StartsList(path))
            return ReadAnnotations(path);
        return set is not null
            ? ReadResults(path, set)
            : throw new DataSetException(path, "is a COCO results file, which means nothing without the data set it refers to; give it too.");
    }

    /// <summary>The labels as <see cref="LabelEvaluation"/> asks for them.</summary>
    /// <param name="set">The data set they are to be measured on.</param>
    /// <exception cref="DataSetException">The classes differ, or none of the data set's photographs is labelled.</exception>
    public Func<Photograph, ImageLabels?> LabelsOf(PhotographSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (!Classes.SequenceEqual(set.Classes))
            throw new DataSetException(_source, $"has the classes {string.Join(", ", Classes)}, and the data set {string.Join(", ", set.Classes)}; they must be the same in the same order.");
        if (!set.Photographs.Any(photograph => Photographs.ContainsKey(photograph.Name)))
            throw new DataSetException(_source, "has labels of none of the data set's photographs; check that both are of the same split.");
        return photograph => Photographs.TryGetValue(photograph.Name, out Func<ImageLabels>? read) ? read() : null;
    }

    /// <summary>The file with the picture of a photograph's network maps (<see cref="Rendering.MapStrip"/>); null where there is none.</summary>
    /// <param name="name">The photograph's name.</param>
    internal string? NetworkMapsOf(string name) => _networkMaps.TryGetValue(name, out string? path) && File.Exists(path) ? path : null;

    /// <summary>The file that lists the labels of a folder, or which is given itself.</summary>
    internal static string AnnotationsOf(string path) => Directory.Exists(path) ? Path.Combine(path, Annotations) : path;

    /// <summary>The files with the semantic maps of a label folder, or beside an annotation file, by name.</summary>
    internal static IEnumerable<string> MapsOf(string path)
    {
        string folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(AnnotationsOf(path)))!, ClassMaps);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.png").Order(StringComparer.Ordinal) : [];
    }

    private static LabelFolder ReadAnnotations(string path)
    {
        CocoFile file = CocoFile.Read(path);
        CocoFile.Category[] categories = [.. file.Categories!.OrderBy(category => category.Id)];
        RequireClasses(categories.Length, path);
        List<CocoObject>[] objects = CocoDataSet.GroupObjects(file, CocoDataSet.Index(categories, category => category.Id, path, "category"), path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        IReadOnlyList<string> byFile = PhotographNames.Assign([.. file.Images!.Select(image => image.FileName.Replace('\\', '/'))]);
        var photographs = new Dictionary<string, Func<ImageLabels>>();
        var sizes = new Dictionary<string, (int, int)>();
        var images = new List<LabelledImage>();
        var networkMaps = new Dictionary<string, string>();
        for (int i = 0; i < file.Images!.Count; i++)
        {
            CocoFile.Image image = file.Images[i];
            (string name, string source, List<CocoObject> found) = (image.Name ?? byFile[i], $"{path} image {image.Id}", objects[i]);
            RequireSize(image.Height, image.Width, source);
            string labelFile = RelativePath.Require(image.LabelFile ?? name, source), map = Path.Combine(folder, ClassMaps, labelFile + ".png");
            if (!photographs.TryAdd(name, () => Load(found, image.Height, image.Width, source, File.Exists(map) ? map : null, categories.Length)))
                throw new DataSetException(path, $"has the photograph '{name}' twice.");
            sizes[name] = (image.Height, image.Width);
            images.Add(new LabelledImage(name, image.FileName, image.Height, image.Width));
            networkMaps[name] = Path.Combine(folder, NetworkMaps, labelFile + ".jpg");
        }
        return new LabelFolder(path, [.. categories.Select(category => category.Name)], photographs, sizes, images, networkMaps);
    }

    private static LabelFolder ReadResults(string path, PhotographSet set)
    {
        RequireClasses(set.Classes.Count, path);
        Photograph[] known = [.. set.Photographs.Where(photograph => IdOf(photograph) is not null)];
        var file = new CocoFile
        {
            Images = [.. known.Select(photograph => new CocoFile.Image { Id = IdOf(photograph)!.Value, FileName = photograph.Path })],
            Annotations = CocoFile.ReadResults(path),
        };
        Dictionary<long, int> categories = CocoDataSet.Index(
            set.CategoryIds ?? [.. Enumerable.Range(1, set.Classes.Count).Select(id => (long)id)], id => id, path, "category");
        List<CocoObject>[] objects = CocoDataSet.GroupObjects(file, categories, path);
        return new LabelFolder(path, set.Classes, known.Select((photograph, i) => KeyValuePair.Create(photograph.Name, () =>
        {
            (int height, int width) = ImageFile.ReadSize(photograph.Path);
            return Load(objects[i], height, width, $"{path} image {IdOf(photograph)}", null, set.Classes.Count);
        })).ToDictionary(), new Dictionary<string, (int, int)>(), [], new Dictionary<string, string>());
    }

    /// <summary>Refuses a stated size that no photograph has, before memory of that size is taken.</summary>
    /// <exception cref="DataSetException">A side is not positive, or there are too many pixels.</exception>
    internal static void RequireSize(int height, int width, string source)
    {
        if (height < 1 || width < 1 || (long)height * width > ImageFile.MaximumPixels)
            throw new DataSetException(source, $"is stated to be {height} x {width} (height x width), which no photograph is.");
    }

    private static ImageLabels Load(List<CocoObject> objects, int height, int width, string source, string? map, int classes)
    {
        InstanceLabel[] instances = [.. objects.Select(found => found.Draw(height, width, source))];
        if (map is null)
            return new ImageLabels(instances, InstanceMaps.Semantic(height, width, instances));
        LabelMap semantic = PalettePng.Read(map);
        if (semantic.Height != height || semantic.Width != width)
            throw new DataSetException(map, $"is {semantic.Height} x {semantic.Width}, and {source} states {height} x {width} (height x width).");
        return SemanticEvaluator.StrangeLabel(semantic, classes) is { } strange
            ? throw new DataSetException(map, $"has the label {strange}; expected 0 (background), 1 to {classes} (classes) and {LabelMap.Void} (void).")
            : new ImageLabels(instances, semantic);
    }

    private static void RequireClasses(int classes, string path)
    {
        if (classes is < 1 or > InstanceMaps.MaximumObjects)
            throw new DataSetException(path, $"has {classes} classes; label maps need 1 to {InstanceMaps.MaximumObjects}.");
    }

    private static long? IdOf(Photograph photograph) =>
        photograph.CocoId ?? (long.TryParse(string.Concat(photograph.Name.Where(char.IsAsciiDigit)), out long id) ? id : null);

    private static bool StartsList(string path)
    {
        using Stream stream = DataSetFile.Open(path);
        int next;
        do
            next = stream.ReadByte();
        while (next is ' ' or '\t' or '\r' or '\n' or 0xEF or 0xBB or 0xBF);
        return next == '[';
    }
}
