using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>What holds for the data of every run.</summary>
internal static class RunChecks
{
    /// <exception cref="DataSetException">There is nothing to work on.</exception>
    public static void Require(PhotographSet data)
    {
        if (data.Photographs.Count == 0)
            throw new DataSetException("the data set", "has no photographs; give it at least one.");
        if (data.Classes.Count is < 1 or >= LabelMap.Void)
            throw new DataSetException("the data set", $"has {data.Classes.Count} classes; masks need 1 to {LabelMap.Void - 1}, which its tags name.");
    }

    /// <summary>The drawn masks of a photograph, where it has any.</summary>
    /// <exception cref="DataSetException">They are of another size, or of classes that do not exist.</exception>
    public static ImageLabels? GroundTruth(Photograph photograph, RgbImage image, int classes)
    {
        if (photograph.ReadGroundTruth?.Invoke() is not { } truth)
            return null;
        string source = $"the drawn masks of {photograph.Name}";
        foreach ((int height, int width) in truth.Instances.Select(instance => (instance.Mask.Height, instance.Mask.Width)).Append((truth.Semantic.Height, truth.Semantic.Width)))
            if (height != image.Height || width != image.Width)
                throw new DataSetException(source, $"are {height} x {width}, the photograph {image.Height} x {image.Width} (height x width); give masks of its size.");
        if (SemanticEvaluator.StrangeLabel(truth.Semantic, classes) is { } strange)
            throw new DataSetException(source, $"hold the label {strange}, which is none of the {classes} classes.");
        return truth;
    }
}
