using System.Reflection;

namespace IrNetTool.Completion;

/// <summary>The shells whose completion can ask the tool.</summary>
internal static class Shells
{
    public static IReadOnlyList<string> Names { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script that makes a shell ask.</summary>
    public static string Script(string shell)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"irnet.{shell}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
