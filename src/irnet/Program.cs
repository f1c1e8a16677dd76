using Microsoft.ML.IrNet;
namespace IrNetTool;

internal static class Program
{
    private static Task<int> Main(string[] args) => CommandLineTool.InvokeAsync(args);
}
