using Microsoft.ML.IrNet;
namespace IrNetTool.Commands;

/// <summary>Checks a file that an option names before any work begins.</summary>
internal static class ExistingFile
{
    public static string Require(string option, string path) =>
        File.Exists(path) ? path : throw new OptionException(option, $"there is no file {path}.");
}
