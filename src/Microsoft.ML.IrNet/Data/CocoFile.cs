using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.ML.IrNet.Data;

/// <summary>What is used of a COCO annotation file.</summary>
internal sealed record CocoFile
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public IReadOnlyList<Image>? Images { get; init; }

    public IReadOnlyList<Annotation>? Annotations { get; init; }

    public IReadOnlyList<Category>? Categories { get; init; }

    /// <summary>Parses the file as it streams in: only what is used is ever in memory.</summary>
    /// <exception cref="DataSetException">The file is missing or not readable, or its JSON is damaged or of another shape.</exception>
    public static CocoFile Read(string path)
    {
        using FileStream stream = DataSetFile.Open(path);
        try
        {
            return JsonSerializer.Deserialize<CocoFile>(stream, Options) ?? new CocoFile();
        }
        catch (JsonException error)
        {
            throw new DataSetException(path, $"is no COCO annotation file ({error.Message}); expected an object with images, annotations and categories.", error);
        }
        catch (IOException error)
        {
            throw new DataSetException(path, $"could not be read ({error.Message}).", error);
        }
    }

    /// <summary>A photograph.</summary>
    public sealed record Image
    {
        public required long Id { get; init; }

        public required string FileName { get; init; }

        /// <summary>Rows; 0 where it is not stated.</summary>
        public int Height { get; init; }

        /// <summary>Columns; 0 where it is not stated.</summary>
        public int Width { get; init; }
    }

    /// <summary>An object, or a crowd of them.</summary>
    public sealed record Annotation
    {
        public long Id { get; init; }

        public required long ImageId { get; init; }

        public required long CategoryId { get; init; }

        /// <summary>Polygons or run lengths, as JSON.</summary>
        [JsonConverter(typeof(RawJsonConverter))]
        public byte[]? Segmentation { get; init; }

        public float[]? Bbox { get; init; }

        public double? Area { get; init; }

        [JsonPropertyName("iscrowd")]
        public int IsCrowd { get; init; }
    }

    /// <summary>A class.</summary>
    public sealed record Category
    {
        public required long Id { get; init; }

        public required string Name { get; init; }
    }
}
