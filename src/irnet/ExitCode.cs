namespace IrNetTool;

/// <summary>What the tool tells its caller.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failed = 1;
    public const int BadArguments = 2;

    /// <summary>What a shell expects of a program that Ctrl-C ended.</summary>
    public const int Cancelled = 130;

    /// <summary>What each means, for the help.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Success, "success"),
        (Failed, "a failed job, or photographs that had to be left out"),
        (BadArguments, "bad arguments, among them a path to read that does not exist"),
        (Cancelled, "stopped by Ctrl-C or SIGTERM"),
    ];
}
