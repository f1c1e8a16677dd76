using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Rendering;
using Microsoft.ML.IrNet.Runs;

namespace QuickStart;

/// <summary>Every stage on one image as pictures, for docs/method.md, by the classes that the estimators are made of.</summary>
internal static class StageFigures
{
    public static void Write(string folder, Photograph photograph, LabellingRunResult result, LabellingRunOptions options)
    {
        RgbImage image = ImageFile.Read(photograph.Path);
        using var cams = new ClassActivationMapper(result.CamNetwork, options.Cam);
        using var fields = new BoundaryDisplacementMapper(result.IrNetwork, options.IrNet);
        ClassActivation cam = cams.Compute(image, photograph.Tags, fullResolution: true);
        LabelMap interPixel = InterPixelLabels.Compute(image, cam.FullResolution, cam.Tags, options.InterPixelLabels);
        BoundaryDisplacement field = fields.Compute(image);
        var maps = new NetworkMaps(image.Height, image.Width, cam.Rows, cam.Columns, cam.Tags, cam.Cam, field.Boundary, field.Displacement);
        ImageLabels labels = PseudoLabeller.Label(maps, options.Labels);
        foreach (StagePicture picture in StagePictures.Draw(image, maps, labels, photograph.ReadGroundTruth?.Invoke()))
            PngFile.Write(Path.Combine(folder, picture.Caption.Replace(' ', '-') + ".png"), picture.Image);
        PngFile.Write(Path.Combine(folder, "interpixel-labels.png"), MaskOverlay.Semantic(image, interPixel));
    }
}
