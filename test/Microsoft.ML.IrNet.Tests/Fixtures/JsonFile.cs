using System.Text.Json;

namespace Microsoft.ML.IrNet.Tests.Fixtures;

/// <summary>A JSON file that a run has written.</summary>
internal static class JsonFile
{
    public static JsonElement Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }
}
