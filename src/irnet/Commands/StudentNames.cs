using Microsoft.ML.IrNet.Segmentation.Runs;

namespace IrNetTool.Commands;

/// <summary>What students are called on the command line.</summary>
internal static class StudentNames
{
    public const string MaskRcnn = "maskrcnn", DeepLab = "deeplab", Both = "both";

    public static IReadOnlyList<StudentKind> Kinds(string? name) => name switch
    {
        null => [],
        MaskRcnn => [StudentKind.MaskRcnn],
        DeepLab => [StudentKind.DeepLab],
        _ => [StudentKind.MaskRcnn, StudentKind.DeepLab],
    };

    /// <summary>The model that a run writes.</summary>
    public static string File(StudentKind kind) => $"{Name(kind)}.zip";

    public static string Name(StudentKind kind) => kind == StudentKind.MaskRcnn ? MaskRcnn : DeepLab;
}
