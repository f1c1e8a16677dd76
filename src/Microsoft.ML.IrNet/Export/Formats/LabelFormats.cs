namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>All formats.</summary>
internal static class LabelFormats
{
    public static ILabelFormat Of(LabelFormat format) => format switch
    {
        LabelFormat.Coco => new CocoFormat(),
        LabelFormat.Voc => new VocFormat(),
        LabelFormat.Yolo => new YoloFormat(),
        LabelFormat.LabelMe => new LabelMeFormat(),
        LabelFormat.Cvat => new CvatFormat(),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "This is none of the formats."),
    };
}
