namespace Microsoft.ML.IrNet.Data;

/// <summary>COCO's layout: one JSON file of annotations and a folder of images.</summary>
public static class CocoDataSet
{
    /// <summary>
    /// Reads the photographs and their tags: the categories of all annotations, crowds included. Classes are the categories in the order of their ids. Masks (polygons, run lengths,
    /// compressed run lengths) are decoded when asked for; crowds are void in the semantic map and instances marked as crowds.
    /// </summary>
    /// <param name="annotationFile">The JSON file.</param>
    /// <param name="imageFolder">The folder that its file names start from.</param>
    /// <exception cref="DataSetException">The file is missing, damaged or contradicts itself, or no image exists.</exception>
    public static PhotographSet Load(string annotationFile, string imageFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageFolder);
        return LoadFrom(annotationFile, [imageFolder]);
    }

    /// <summary>As <see cref="Load"/>; the file names start from the first of the folders in which one of them exists.</summary>
    internal static PhotographSet LoadFrom(string annotationFile, IReadOnlyList<string> imageFolders)
    {
        ArgumentException.ThrowIfNullOrEmpty(annotationFile);
        CocoFile file = CocoFile.Read(annotationFile);
        CocoFile.Category[] categories = [.. file.Categories!.OrderBy(category => category.Id)];
        Dictionary<long, int> classIndices = Index(categories, category => category.Id, annotationFile, "category");
        List<CocoObject>[] objects = GroupObjects(file, classIndices, annotationFile);
        bool drawn = file.Annotations!.Any(annotation => annotation.Segmentation is not null);

        string[] files = [.. file.Images!.Select(image => RelativePath.Require(image.FileName, $"{annotationFile} image {image.Id}"))];
        string folder = ImageFolders.Choose(imageFolders, files);
        IReadOnlyList<string> names = PhotographNames.Assign(files);
        var photographs = file.Images!.Select((image, i) => new Photograph(
            names[i], Path.Combine(folder, files[i]), [.. objects[i].Select(found => found.ClassIndex).Distinct().Order()])
        {
            CocoId = image.Id,
            ReadGroundTruth = drawn && objects[i].All(found => found.Annotation.Segmentation is not null)
                ? () => CocoGroundTruth.Read(Path.Combine(folder, files[i]), image, objects[i], annotationFile)
                : null,
        });
        return PhotographSetRules.Check(new PhotographSet([.. categories.Select(category => category.Name)], [.. photographs])
        {
            CategoryIds = [.. categories.Select(category => category.Id)],
        }, annotationFile);
    }

    /// <summary>The annotations of each image, in the order of the images.</summary>
    internal static List<CocoObject>[] GroupObjects(CocoFile file, Dictionary<long, int> classIndices, string source)
    {
        Dictionary<long, int> imageIndices = Index(file.Images!, image => image.Id, source, "image");
        var objects = new List<CocoObject>[imageIndices.Count];
        for (int i = 0; i < objects.Length; i++)
            objects[i] = [];
        foreach (CocoFile.Annotation annotation in file.Annotations!)
        {
            if (!imageIndices.TryGetValue(annotation.ImageId, out int image))
                throw new DataSetException(source, $"has an annotation of image {annotation.ImageId}, which is not among its images.");
            if (!classIndices.TryGetValue(annotation.CategoryId, out int classIndex))
                throw new DataSetException(source, $"has an annotation of category {annotation.CategoryId}, which is not among its categories.");
            objects[image].Add(new CocoObject(classIndex, annotation));
        }
        return objects;
    }

    /// <summary>Where each id is in a list; an id that is there twice is an error.</summary>
    internal static Dictionary<long, int> Index<T>(IReadOnlyList<T> items, Func<T, long> id, string source, string kind)
    {
        var indices = new Dictionary<long, int>();
        for (int i = 0; i < items.Count; i++)
            if (!indices.TryAdd(id(items[i]), i))
                throw new DataSetException(source, $"has the {kind} id {id(items[i])} twice.");
        return indices;
    }
}
