using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Labelling;

namespace Microsoft.ML.IrNet.Tuning;

/// <summary>The options that fit a data set, as a small JSON file that <c>irnet run --options</c> and <c>irnet label --options</c> take, and the estimators by these two properties.</summary>
public sealed record TunedOptions
{
    private static readonly JsonSerializerOptions Json = new()
    {
        TypeInfoResolver = JsonTypes.Resolver,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>How masks are made from the networks' maps.</summary>
    public PseudoLabelOptions Labels { get; init; } = new();

    /// <summary>How interpixel labels are mined from class activation maps, before IRNet learns.</summary>
    public InterPixelLabelOptions InterPixelLabels { get; init; } = new();

    /// <summary>Writes the file.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Save(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, Json));

    /// <summary>Reads a file. What it leaves out has its default.</summary>
    /// <exception cref="OptionException">The file is missing, no such JSON, names an option that does not exist, or has one out of range.</exception>
    public static TunedOptions Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            TunedOptions options = JsonSerializer.Deserialize<TunedOptions>(FileLayer.ReadText(path), Json) ?? throw new JsonException("It is null.");
            if (options.Labels?.Walk is null || options.InterPixelLabels?.Crf is null)
                throw new JsonException("A part of it is null.");
            options.Labels.Validate();
            options.InterPixelLabels.Validate();
            return options;
        }
        catch (OptionException error)
        {
            throw new OptionException(path, $"{error.Subject} {error.Problem}", error);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new OptionException(path, $"holds no options ({error.Message}); expected JSON as 'irnet tune' writes it.", error);
        }
    }
}
