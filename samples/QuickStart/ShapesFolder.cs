using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
using QuickStart.Shapes;

namespace QuickStart;

/// <summary>Puts the built-in data set on disk as a folder of images with a tags file, which <c>irnet run --format folder</c> reads too.</summary>
internal static class ShapesFolder
{
    public static PhotographSet Write(ShapesDataSet shapes, string folder)
    {
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
}
