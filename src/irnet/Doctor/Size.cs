namespace IrNetTool.Doctor;

/// <summary>Numbers of bytes as people read them.</summary>
internal static class Size
{
    public static string Of(long bytes) => bytes >= 1L << 30 ? $"{bytes / (double)(1L << 30):F1} GiB" : $"{bytes / (double)(1 << 20):F1} MiB";
}
