using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>What is used of a LabelMe file.</summary>
internal sealed record LabelMeFile
{
    private static readonly JsonSerializerOptions Options = new() { TypeInfoResolver = JsonTypes.Resolver, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Rows of the photograph; null where they are not stated.</summary>
    public int? ImageHeight { get; init; }

    /// <summary>Columns of the photograph; null where they are not stated.</summary>
    public int? ImageWidth { get; init; }

    /// <summary>Where the photograph is, from the file on.</summary>
    public string? ImagePath { get; init; }

    public IReadOnlyList<Shape>? Shapes { get; init; }

    /// <exception cref="DataSetException">The file is missing or not readable, or its JSON is damaged or of another shape.</exception>
    public static LabelMeFile Read(string path)
    {
        const string kind = "LabelMe file", expected = "an object with imagePath and shapes, each with a label and points [x, y]";
        LabelMeFile file = DataSetJson.Read<LabelMeFile>(path, kind, expected, Options);
        bool whole = file.Shapes?.All(shape => shape?.Label is { Length: > 0 } && shape.Points?.All(point => point is { Length: 2 }) == true) == true;
        return whole ? file : throw new DataSetException(path, $"is no {kind}; expected {expected}.");
    }

    /// <summary>Something that was drawn.</summary>
    public sealed record Shape
    {
        public string? Label { get; init; }

        /// <summary>x and y each, in pixels.</summary>
        public double[][]? Points { get; init; }

        /// <summary>What the shapes of one object have in common.</summary>
        [JsonPropertyName("group_id")]
        public long? GroupId { get; init; }

        /// <summary>polygon, rectangle, circle, mask, ...; early versions knew polygons only and do not say so.</summary>
        [JsonPropertyName("shape_type")]
        public string? ShapeType { get; init; }

        /// <summary>A PNG of what a mask's two points enclose, both included, in base64.</summary>
        public string? Mask { get; init; }

        /// <summary>How sure a labeller is, which tools built on LabelMe state.</summary>
        public float? Score { get; init; }
    }
}
