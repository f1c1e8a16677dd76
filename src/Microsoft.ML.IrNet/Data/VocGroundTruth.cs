using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Data;

/// <summary>Reads the drawn masks of a VOC photograph.</summary>
internal static class VocGroundTruth
{
    /// <summary>The semantic map, and the instances where there is an object map.</summary>
    /// <exception cref="DataSetException">A map has another size than the photograph or contradicts the other map or the classes.</exception>
    /// <exception cref="ImageFileException">A map or the photograph cannot be read.</exception>
    public static ImageLabels Read(string root, string name, string image, bool hasObjects, IReadOnlyList<string> classes)
    {
        (int height, int width) = ImageFile.ReadSize(image);
        return ReadMaps(root, name, hasObjects, classes, (map, path) => map.Height == height && map.Width == width
            ? map
            : throw new DataSetException(path, $"is {map.Width} x {map.Height} pixels and its photograph {width} x {height}; expected the same size."));
    }

    /// <summary>As <see cref="Read"/>, without the photograph: the maps have to be of one size.</summary>
    /// <exception cref="DataSetException">The maps contradict each other or the classes.</exception>
    /// <exception cref="ImageFileException">A map cannot be read.</exception>
    public static ImageLabels ReadMaps(string root, string name, bool hasObjects, IReadOnlyList<string> classes)
    {
        LabelMap? first = null;
        return ReadMaps(root, name, hasObjects, classes, (map, path) => (first ??= map).Height == map.Height && first.Width == map.Width
            ? map
            : throw new DataSetException(path, $"is {map.Width} x {map.Height} pixels and the class map {first.Width} x {first.Height}; expected the same size."));
    }

    private static ImageLabels ReadMaps(string root, string name, bool hasObjects, IReadOnlyList<string> classes, Func<LabelMap, string, LabelMap> requireSize)
    {
        string classPath = Path.Combine(root, "SegmentationClass", name + ".png");
        LabelMap semantic = requireSize(PalettePng.Read(classPath), classPath);
        foreach (byte label in semantic.Labels)
            if (label > classes.Count && label != LabelMap.Void)
                throw new DataSetException(classPath, $"has the label {label}; expected 0 (background), 1 to {classes.Count} (classes) and {LabelMap.Void} (void).");
        if (!hasObjects)
            return new ImageLabels([], semantic);
        string objectPath = Path.Combine(root, "SegmentationObject", name + ".png");
        return new ImageLabels(InstancesFromMaps.Read(requireSize(PalettePng.Read(objectPath), objectPath), semantic, objectPath), semantic);
    }
}
