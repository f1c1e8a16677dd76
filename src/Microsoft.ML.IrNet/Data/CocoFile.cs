using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Data;

/// <summary>What is used of a COCO annotation file.</summary>
internal sealed record CocoFile
{
    private static readonly JsonSerializerOptions Options = new() { TypeInfoResolver = JsonTypes.Resolver, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public IReadOnlyList<Image>? Images { get; init; }

    public IReadOnlyList<Annotation>? Annotations { get; init; }

    public IReadOnlyList<Category>? Categories { get; init; }

    /// <summary>Parses the file as it streams in: only what is used is ever in memory.</summary>
    /// <exception cref="DataSetException">The file is missing or not readable, or its JSON is damaged or of another shape.</exception>
    public static CocoFile Read(string path)
    {
        const string kind = "COCO annotation file", expected = "an object with images, annotations and categories";
        CocoFile file = DataSetJson.Read<CocoFile>(path, kind, expected, Options);
        bool whole = file.Images?.All(image => image?.FileName is not null) == true
            && file.Annotations is not null
            && file.Categories?.All(category => category?.Name is not null) == true;
        if (!whole)
            throw new DataSetException(path, $"is no {kind}; expected {expected}.");
        // The published exporter writes null for an object whose mask is empty.
        return file with { Annotations = [.. file.Annotations!.Where(annotation => annotation is not null)] };
    }

    /// <summary>Parses a results file: a list of detections.</summary>
    /// <exception cref="DataSetException">As for <see cref="Read"/>.</exception>
    public static IReadOnlyList<Annotation> ReadResults(string path)
    {
        const string kind = "COCO results file", expected = "a list of detections with image_id, category_id, segmentation and score";
        List<Annotation> results = DataSetJson.Read<List<Annotation>>(path, kind, expected, Options);
        return results.TrueForAll(result => result is not null) ? results : throw new DataSetException(path, $"is no {kind}; expected {expected}.");
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

        /// <summary>The photograph's name, which only label folders state.</summary>
        public string? Name { get; init; }

        /// <summary>The name of its label maps without extension, which only label folders state.</summary>
        public string? LabelFile { get; init; }
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

        public double[]? Bbox { get; init; }

        public double? Area { get; init; }

        [JsonPropertyName("iscrowd")]
        public int IsCrowd { get; init; }

        /// <summary>How sure a labeller is; null in drawn ground truth.</summary>
        public float? Score { get; init; }
    }

    /// <summary>A class.</summary>
    public sealed record Category
    {
        public required long Id { get; init; }

        public required string Name { get; init; }
    }
}
