namespace Microsoft.ML.IrNet.Tool;

internal static class Program
{
    private static Task<int> Main(string[] args) => CommandLineTool.InvokeAsync(args);
}
