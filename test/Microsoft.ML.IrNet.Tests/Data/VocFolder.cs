using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Data;

/// <summary>Writes a small data set in VOC's layout.</summary>
internal static class VocFolder
{
    public static void AddPhotograph(TemporaryFolder folder, string name, int height, int width, params string[] objects)
    {
        File.WriteAllBytes(folder.At("JPEGImages", name + ".jpg"), PngFile.EncodeJpeg(Pictures.Gradient(height, width)));
        folder.Write($"Annotations/{name}.xml", $"<annotation>{string.Concat(objects.Select(Object))}</annotation>");
    }

    public static void AddMaps(TemporaryFolder folder, string name, LabelMap classes, LabelMap? objects)
    {
        PalettePng.Write(folder.At("SegmentationClass", name + ".png"), classes);
        if (objects is not null)
            PalettePng.Write(folder.At("SegmentationObject", name + ".png"), objects);
    }

    // As in VOC, parts of an object have names too, and they are no tags.
    private static string Object(string name) =>
        $"<object><name>{name}</name><difficult>1</difficult><part><name>head</name></part></object>";
}
