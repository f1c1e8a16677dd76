using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.ML.IrNet.Files;

/// <summary>Small JSON files in which work notes for itself what it has found.</summary>
internal static class StateFile
{
    private static readonly JsonSerializerOptions Json = new() { TypeInfoResolver = JsonTypes.Resolver, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Write<T>(string path, T value) => AtomicFile.WriteText(path, JsonSerializer.Serialize(value, Json));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isWhole">Whether what was read has all its parts, which JSON alone does not tell.</param>
    /// <exception cref="OutputException">It is missing, damaged or cannot be read.</exception>
    public static T? Read<T>(string path, Func<T, bool> isWhole)
    {
        try
        {
            T? value = JsonSerializer.Deserialize<T>(FileLayer.ReadText(path), Json);
            return value is null || isWhole(value) ? value : throw new JsonException("A part of it is missing or out of range.");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new OutputException(path, $"cannot be read ({error.Message}), so that what was done before is lost; start over (--restart, Restart) or give another folder.", error);
        }
    }
}
