using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace LabelService;

/// <summary>What the service says of a photograph.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Instances">The objects, without parts that are too small to count.</param>
internal sealed record PhotographAnswer(int Width, int Height, IReadOnlyList<InstanceAnswer> Instances)
{
    public static PhotographAnswer Of(RgbImage photograph, ImageLabels labels, IReadOnlyList<string> classes) => new(photograph.Width, photograph.Height,
        [.. labels.Instances.Where(instance => instance.Score > 0).Select(instance => InstanceAnswer.Of(instance, classes))]);
}

/// <summary>One object.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Box">x0, y0, x1, y1 in pixels.</param>
/// <param name="Mask">Its pixels.</param>
internal sealed record InstanceAnswer(string Class, float Score, float[] Box, RunLengthAnswer Mask)
{
    public static InstanceAnswer Of(InstanceLabel instance, IReadOnlyList<string> classes) => new(
        classes[instance.ClassIndex], instance.Score, [instance.Box.X0, instance.Box.Y0, instance.Box.X1, instance.Box.Y1],
        new RunLengthAnswer([instance.Mask.Height, instance.Mask.Width], instance.Mask.ToCompressedString()));
}

/// <summary>A mask as COCO's tools read it.</summary>
/// <param name="Size">Height and width.</param>
/// <param name="Counts">Compressed run lengths.</param>
internal sealed record RunLengthAnswer(int[] Size, string Counts);
