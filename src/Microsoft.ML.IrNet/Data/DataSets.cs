namespace Microsoft.ML.IrNet.Data;

/// <summary>Loads a data set of any of the known formats.</summary>
public static class DataSets
{
    /// <summary>Loads a data set.</summary>
    /// <param name="path">
    /// voc: the folder with JPEGImages and ImageSets. coco: the annotation file, or a folder with annotations.json or instances_SPLIT.json (itself or in its folder annotations) and the images
    /// (itself or in images, SPLIT, images/SPLIT or JPEGImages). folder: the folder with tags.csv and the images (itself or in images).
    /// </param>
    /// <param name="format">voc, coco or folder; null to see from the files which it is.</param>
    /// <param name="split">For voc and coco; null for the only one there is, or else train.</param>
    /// <exception cref="DataSetException">The data set is not as its format requires, or of none of the formats.</exception>
    /// <exception cref="OptionException">The format is unknown, or a split was given for a folder with tags.</exception>
    public static PhotographSet Load(string path, string? format = null, string? split = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Path.Exists(path))
            throw new DataSetException(path, "does not exist; expected the folder of a data set.");
        return (format ?? Detect(path)) switch
        {
            "voc" => VocDataSet.Load(path, split ?? DefaultSplit(path, VocDataSet.Splits(path))),
            "coco" => LoadCoco(path, split),
            "folder" => LoadFolder(path, split),
            var unknown => throw new OptionException("format", $"'{unknown}' is not known; expected voc, coco or folder."),
        };
    }

    /// <summary>The splits of a data set, sorted; none where it has no lists, or is no data set.</summary>
    /// <param name="path">As for <see cref="Load"/>.</param>
    public static IReadOnlyList<string> Splits(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return FormatOf(path) switch
        {
            "voc" => VocDataSet.Splits(path),
            "coco" => [.. CocoAnnotationFiles(path).Keys.Where(key => key.Length > 0)],
            _ => [],
        };
    }

    private static string? FormatOf(string path) =>
        Directory.Exists(Path.Combine(path, "ImageSets")) ? "voc"
        : CocoAnnotationFiles(path).Count > 0 ? "coco"
        : File.Exists(Path.Combine(path, "tags.csv")) ? "folder"
        : null;

    private static string Detect(string path) => FormatOf(path)
        ?? throw new DataSetException(path, "is of no known format; expected a folder ImageSets (voc), a file annotations.json or instances_SPLIT.json (coco), or a file tags.csv (folder).");

    private static PhotographSet LoadFolder(string path, string? split) =>
        split is null
            ? TagFolder.LoadFrom([path, Path.Combine(path, "images")], Path.Combine(path, "tags.csv"), null)
            : throw new OptionException("split", $"'{split}' was given, but a folder with tags.csv has no splits; leave it out.");

    private static PhotographSet LoadCoco(string path, string? split)
    {
        if (File.Exists(path))
            return CocoDataSet.LoadFrom(path, CocoImageFolders(Path.GetDirectoryName(Path.GetFullPath(path))!, split));
        (string file, split) = CocoAnnotationFile(path, split);
        return CocoDataSet.LoadFrom(file, CocoImageFolders(path, split));
    }

    /// <summary>The annotation file of a folder, and its split, which is empty for annotations.json.</summary>
    /// <exception cref="DataSetException">There is no such split, or none was given and there are several.</exception>
    internal static (string File, string Split) CocoAnnotationFile(string path, string? split)
    {
        IReadOnlyDictionary<string, string> files = CocoAnnotationFiles(path);
        split ??= files.ContainsKey("") ? "" : DefaultSplit(path, [.. files.Keys]);
        return files.TryGetValue(split, out string? file)
            ? (file, split)
            : throw new DataSetException(path, $"has no instances_{split}.json; the splits that exist are {string.Join(", ", files.Keys.Where(key => key.Length > 0))}.");
    }

    /// <summary>Annotation files by split; annotations.json, which has none, under the empty name.</summary>
    private static SortedDictionary<string, string> CocoAnnotationFiles(string path)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (File.Exists(path) && Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase))
            files[""] = path;
        foreach (string folder in new[] { Path.Combine(path, "annotations"), path }.Where(Directory.Exists))
        {
            foreach (string file in Directory.EnumerateFiles(folder, "instances_*.json"))
                files[Path.GetFileNameWithoutExtension(file)["instances_".Length..]] = file;
            if (File.Exists(Path.Combine(folder, "annotations.json")))
                files[""] = Path.Combine(folder, "annotations.json");
        }
        return files;
    }

    private static string[] CocoImageFolders(string path, string? split)
    {
        string[] folders = string.IsNullOrEmpty(split) ? ["images", "JPEGImages", ""] : ["images", split, Path.Combine("images", split), "JPEGImages", ""];
        return [.. folders.Select(folder => Path.Combine(path, folder))];
    }

    /// <summary>The split that is meant where none is given: the only one, or else train.</summary>
    /// <exception cref="DataSetException">There is none, or there are several without train.</exception>
    internal static string DefaultSplit(string path, IReadOnlyList<string> splits) =>
        splits is [var only] ? only
        : splits.Contains("train") ? "train"
        : throw new DataSetException(path, splits.Count == 0
            ? "has no split; expected ImageSets/Segmentation/SPLIT.txt (voc) or instances_SPLIT.json (coco)."
            : $"has several splits; choose one of {string.Join(", ", splits)}.");
}
