namespace IrNetTool;

/// <summary>What the tool tells its caller.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failed = 1;
    public const int BadArguments = 2;

    /// <summary>What a shell expects of a program that Ctrl-C ended.</summary>
    public const int Cancelled = 130;

    /// <summary>What the command line gives where SIGTERM ended a command that took too long to stop.</summary>
    public const int Terminated = 143;
}
