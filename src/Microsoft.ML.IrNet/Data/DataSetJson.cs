using System.Text.Json;

namespace Microsoft.ML.IrNet.Data;

/// <summary>Reads the JSON files of data sets.</summary>
internal static class DataSetJson
{
    /// <summary>Parses a file as it streams in: only what <typeparamref name="T"/> has is ever in memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What errors call such a file.</param>
    /// <param name="expected">What should be in it.</param>
    /// <param name="options">How its names are written.</param>
    /// <exception cref="DataSetException">The file is missing or not readable, or its JSON is damaged or of another shape.</exception>
    public static T Read<T>(string path, string kind, string expected, JsonSerializerOptions options) where T : new()
    {
        using Stream stream = DataSetFile.Open(path);
        try
        {
            return JsonSerializer.Deserialize<T>(stream, options) ?? new T();
        }
        catch (JsonException error)
        {
            throw new DataSetException(path, $"is no {kind} ({error.Message}); expected {expected}.", error);
        }
        catch (IOException error)
        {
            throw new DataSetException(path, $"could not be read ({error.Message}).", error);
        }
    }
}
