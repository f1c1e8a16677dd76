using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Data;

/// <summary>Decodes the drawn masks of a COCO photograph.</summary>
internal static class CocoGroundTruth
{
    /// <summary>The instances in the file's order, crowds marked as such, and the semantic map: smaller objects lie over larger ones and all lie over crowds, which are void.</summary>
    /// <exception cref="DataSetException">A mask is damaged or has another size than the photograph.</exception>
    /// <exception cref="ImageFileException">The photograph cannot be read.</exception>
    public static ImageLabels Read(string path, CocoFile.Image image, IReadOnlyList<CocoObject> objects, string annotationFile)
    {
        string source = $"{annotationFile} image {image.Id}";
        (int height, int width) = ImageFile.ReadSize(path);
        if ((image.Height, image.Width) != (height, width) && (image.Height, image.Width) != (0, 0))
            throw new DataSetException(source, $"is stated to be {image.Width} x {image.Height} pixels and {path} is {width} x {height} as it is seen; its masks do not fit it.");
        InstanceLabel[] instances = [.. objects.Select(found => found.Draw(height, width, source)).Where(instance => instance.Mask.Area > 0)];
        var semantic = new LabelMap(height, width, new byte[height * width]);
        foreach (InstanceLabel instance in instances.OrderByDescending(instance => instance.IsCrowd).ThenByDescending(instance => instance.Mask.Area))
            instance.Mask.Paint(semantic.Labels, instance.IsCrowd ? LabelMap.Void : (byte)(instance.ClassIndex + 1));
        return new ImageLabels(instances, semantic);
    }
}
