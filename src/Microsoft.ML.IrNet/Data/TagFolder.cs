namespace Microsoft.ML.IrNet.Data;

/// <summary>A folder of images with a CSV file that says what is in them, or without one.</summary>
public static class TagFolder
{
    private const string Example = "path,tags\nphotos/one.jpg,cat\nphotos/two.jpg,cat;dog";

    private static readonly string[] Extensions = [".bmp", ".gif", ".jpeg", ".jpg", ".png", ".webp"];

    /// <summary>Reads a CSV file with the header <c>path,tags</c>: the path is relative to the images' folder, the tags are separated by ; or | (or by commas, in quotes).</summary>
    /// <param name="imageFolder">The folder that the paths start from.</param>
    /// <param name="tagsCsv">The CSV file.</param>
    /// <param name="classes">The classes that tags may name, in their order; null for all that occur, sorted.</param>
    /// <exception cref="DataSetException">The file is missing, has other columns, a broken row, an unknown tag, a photograph twice or none, or no image exists.</exception>
    public static PhotographSet Load(string imageFolder, string tagsCsv, IReadOnlyList<string>? classes = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageFolder);
        return LoadFrom([imageFolder], tagsCsv, classes);
    }

    /// <summary>The images of a folder and those below it, sorted by path and without tags.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="classes">The classes of whoever is to tag them; null for none.</param>
    /// <exception cref="DataSetException">The folder does not exist or holds no image.</exception>
    public static PhotographSet LoadImages(string folder, IReadOnlyList<string>? classes = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DataSetException(folder, "does not exist; expected a folder of images.");
        string[] files =
        [
            .. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
                .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
        if (files.Length == 0)
            throw new DataSetException(folder, $"holds no image; expected files ending in {string.Join(", ", Extensions)}.");
        IReadOnlyList<string> names = PhotographNames.Assign(files);
        return PhotographSetRules.Check(
            new PhotographSet(classes ?? [], [.. files.Select((file, i) => new Photograph(names[i], Path.Combine(folder, file), []))]), folder);
    }

    /// <summary>As <see cref="Load"/>; the paths start from the first of the folders in which one of them exists.</summary>
    internal static PhotographSet LoadFrom(IReadOnlyList<string> imageFolders, string tagsCsv, IReadOnlyList<string>? classes)
    {
        ArgumentException.ThrowIfNullOrEmpty(tagsCsv);
        if (!File.Exists(tagsCsv))
            throw new DataSetException(tagsCsv, $"does not exist; expected a CSV file such as\n{Example}");
        List<TagRow> rows = TagRow.ReadAll(tagsCsv);
        classes ??= [.. rows.SelectMany(row => row.Tags).Distinct().Order(StringComparer.Ordinal)];
        // Before every tag is looked up among them.
        PhotographSetRules.RequireClasses(classes.Count, tagsCsv);
        string[] files = [.. rows.Select(row => row.File)];
        string folder = ImageFolders.Choose(imageFolders, files);
        IReadOnlyList<string> names = PhotographNames.Assign(files);
        var photographs = rows.Select((row, i) => new Photograph(names[i], Path.Combine(folder, row.File),
            [.. row.Tags.Select(tag => ClassNames.Require(classes, tag, row.Source)).Distinct().Order()]));
        return PhotographSetRules.Check(new PhotographSet(classes, [.. photographs]), tagsCsv);
    }
}
