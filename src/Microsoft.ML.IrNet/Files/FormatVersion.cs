namespace Microsoft.ML.IrNet.Files;

/// <summary>The version of the files that unfinished work is kept in.</summary>
internal static class FormatVersion
{
    /// <summary>Raised with every change that makes new files unreadable for older code, or older files for this code.</summary>
    public const int Current = 1;

    /// <summary>This library's version, for messages.</summary>
    public static string Program => typeof(FormatVersion).Assembly.GetName().Version!.ToString(3);
}
