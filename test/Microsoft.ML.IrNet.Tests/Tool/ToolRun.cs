using IrNetTool;

namespace Microsoft.ML.IrNet.Tests.Tool;

/// <summary>What a call of the command-line tool gave back.</summary>
internal sealed record ToolRun(int Code, string Output, string Error)
{
    public static async Task<ToolRun> Of(params string[] args) => await Of(args, CancellationToken.None);

    public static async Task<ToolRun> Of(string[] args, CancellationToken cancellation)
    {
        using StringWriter output = new(), error = new();
        int code = await CommandLineTool.InvokeAsync(args, TextWriter.Synchronized(output), TextWriter.Synchronized(error), cancellation);
        return new ToolRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Asserts a failure that is one line, and returns it.</summary>
    public string AssertFails(int code)
    {
        Assert.Equal(code, Code);
        string line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("irnet: ", line, StringComparison.Ordinal);
        return line;
    }
}
