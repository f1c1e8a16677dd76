using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Shapes;

/// <summary>Puts the built-in data set on disk as a folder of images with a tags file, which <c>irnet run --format folder</c> reads too.</summary>
public static class ShapesFolder
{
    /// <summary>Writes images and <c>tags.csv</c>.</summary>
    /// <returns>The images of the folder, with their exact masks for evaluation.</returns>
    public static PhotographSet Write(ShapesDataSet shapes, string folder)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        var photographs = new Photograph[shapes.Count];
        Parallel.For(0, shapes.Count, n =>
        {
            string path = Path.Combine(folder, $"{shapes.Name(n)}.png");
            PngFile.Write(path, shapes.Load(n));
            photographs[n] = new Photograph(shapes.Name(n), path, shapes.Tags(n)) { ReadGroundTruth = () => shapes.Truth(n) };
        });
        IEnumerable<string> rows = photographs.Select(photograph =>
            $"{Path.GetFileName(photograph.Path)},{string.Join(';', photograph.Tags.Select(tag => ShapesDataSet.Classes[tag]))}");
        AtomicFile.WriteText(Path.Combine(folder, "tags.csv"), string.Join('\n', rows.Prepend("path,tags")) + "\n");
        return new PhotographSet(ShapesDataSet.Classes, photographs);
    }

    /// <summary>Writes the exact masks as a label folder, whose <c>annotations.json</c> is a COCO file of the images that <see cref="Write"/> makes.</summary>
    public static void WriteMasks(ShapesDataSet shapes, string folder)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        using var writer = new LabelFolderWriter(folder, ShapesDataSet.Classes);
        for (int n = 0; n < shapes.Count; n++)
        {
            ImageLabels truth = shapes.Truth(n);
            writer.Add(shapes.Name(n), $"{shapes.Name(n)}.png", truth.Semantic.Height, truth.Semantic.Width, truth);
        }
        writer.Complete();
    }
}
