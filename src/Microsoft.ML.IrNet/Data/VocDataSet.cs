namespace Microsoft.ML.IrNet.Data;

/// <summary>
/// PASCAL VOC's layout: JPEGImages, ImageSets/Segmentation/SPLIT.txt, Annotations (XML, whose object names are the tags) and, for evaluation only,
/// SegmentationClass and SegmentationObject. Classes other than VOC's are named by <c>labelmap.txt</c>, as Datumaro and CVAT write it.
/// </summary>
public static class VocDataSet
{
    /// <summary>The 20 classes of VOC.</summary>
    public static IReadOnlyList<string> Classes { get; } =
    [
        "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow",
        "diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
    ];

    /// <summary>Reads the photographs of one split and their tags: the names of all annotated objects, difficult ones included. Masks are read when asked for.</summary>
    /// <param name="root">The folder that holds JPEGImages and ImageSets.</param>
    /// <param name="split">For example train or val.</param>
    /// <param name="options">Another class list or image set; null for the devkit's own.</param>
    /// <exception cref="DataSetException">The layout, the split or an annotation is not as it should be.</exception>
    public static PhotographSet Load(string root, string split, VocOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentException.ThrowIfNullOrEmpty(split);
        options ??= new VocOptions();
        string list = FindSplit(root, split, options);
        IReadOnlyList<string> classes = options.Classes ?? VocLabelMap.Read(root);
        HashSet<string> classMaps = StemsIn(Path.Combine(root, "SegmentationClass"));
        HashSet<string> objectMaps = StemsIn(Path.Combine(root, "SegmentationObject"));
        var photographs = new List<Photograph>();
        foreach (string name in ReadNames(list))
        {
            string image = Path.Combine(root, "JPEGImages", name + ".jpg");
            IReadOnlyList<int> tags = VocAnnotation.ReadTags(Path.Combine(root, "Annotations", name + ".xml"), classes);
            photographs.Add(new Photograph(name, image, tags)
            {
                ReadGroundTruth = classMaps.Contains(name)
                    ? () => VocGroundTruth.Read(root, name, image, objectMaps.Contains(name), classes)
                    : null,
            });
        }
        return PhotographSetRules.Check(new PhotographSet(classes, photographs), list);
    }

    /// <summary>The names that can be given as split, sorted; empty where the folder is missing.</summary>
    internal static IReadOnlyList<string> Splits(string root, string imageSet = "Segmentation") =>
        [.. StemsIn(Path.Combine(root, "ImageSets", imageSet), "*.txt").Order(StringComparer.Ordinal)];

    /// <summary>The photographs that a list names.</summary>
    /// <exception cref="DataSetException">The list is missing, or a name leads out of the folder.</exception>
    internal static IEnumerable<string> ReadNames(string list)
    {
        int row = 0;
        foreach (string line in DataSetFile.ReadLines(list))
        {
            row++;
            // The splits of single classes, such as cat_train.txt, have a second column.
            if (line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var name, ..])
            {
                RelativePath.Require(name, $"{list} row {row}");
                yield return name;
            }
        }
    }

    /// <summary>The list of a split.</summary>
    /// <exception cref="DataSetException">There is none; the message names the splits there are.</exception>
    internal static string FindSplit(string root, string split, VocOptions options)
    {
        if (!Directory.Exists(root))
            throw new DataSetException(root, "does not exist; expected a folder with JPEGImages, ImageSets and Annotations.");
        string list = Path.Combine(root, "ImageSets", options.ImageSet, split + ".txt");
        IReadOnlyList<string> splits = Splits(root, options.ImageSet);
        if (splits.Contains(split))
            return list;
        throw new DataSetException(list, splits.Count == 0
            ? "does not exist, nor does any other split beside it; expected text files with one photograph's name a line."
            : $"does not exist; the splits that do are {string.Join(", ", splits)}.");
    }

    private static HashSet<string> StemsIn(string folder, string pattern = "*.png") =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, pattern).Select(file => Path.GetFileNameWithoutExtension(file)!)]
            : [];
}
