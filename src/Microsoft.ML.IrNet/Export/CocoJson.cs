using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export;

/// <summary>Writes the parts of COCO's instances files.</summary>
internal static class CocoJson
{
    /// <summary>Compressed masks are full of '&lt;', '&gt;' and '`', which the default escapes for the sake of HTML.</summary>
    public static JsonWriterOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a photograph.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="id">Unique among the photographs.</param>
    /// <param name="name">Its name, which COCO does not have.</param>
    /// <param name="fileName">Its file.</param>
    /// <param name="labelFile">The name of its label maps, which COCO does not have; null for none.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public static void WriteImage(Utf8JsonWriter json, long id, string name, string fileName, string? labelFile, int height, int width)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteString("file_name", fileName);
        json.WriteNumber("height", height);
        json.WriteNumber("width", width);
        json.WriteString("name", name);
        if (labelFile is not null)
            json.WriteString("label_file", labelFile);
        json.WriteEndObject();
    }

    /// <summary>Writes an instance.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="id">Unique among the instances.</param>
    /// <param name="imageId">The photograph.</param>
    /// <param name="instance">What is written; category ids begin with 1.</param>
    /// <param name="compressed">Whether counts are the compressed text, or numbers.</param>
    public static void WriteAnnotation(Utf8JsonWriter json, long id, long imageId, InstanceLabel instance, bool compressed)
    {
        BoundingBox box = instance.Box;
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", imageId);
        json.WriteNumber("category_id", instance.ClassIndex + 1);
        json.WriteStartObject("segmentation");
        json.WriteStartArray("size");
        json.WriteNumberValue(instance.Mask.Height);
        json.WriteNumberValue(instance.Mask.Width);
        json.WriteEndArray();
        if (compressed)
            json.WriteString("counts", instance.Mask.ToCompressedString());
        else
        {
            json.WriteStartArray("counts");
            foreach (uint count in instance.Mask.Counts)
                json.WriteNumberValue(count);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteNumber("area", instance.Mask.Area);
        json.WriteStartArray("bbox");
        foreach (double side in (double[])[box.X0, box.Y0, (double)box.X1 - box.X0, (double)box.Y1 - box.Y0])
            json.WriteNumberValue(side);
        json.WriteEndArray();
        json.WriteNumber("iscrowd", instance.IsCrowd ? 1 : 0);
        json.WriteNumber("score", instance.Score);
        json.WriteEndObject();
    }
}
