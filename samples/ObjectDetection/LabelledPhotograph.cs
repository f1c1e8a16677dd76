using System.Text.Json;

namespace ObjectDetection;

/// <summary>What a label folder says of a photograph in which something was found.</summary>
internal sealed class LabelledPhotograph
{
    public string ImagePath { get; init; } = "";

    public string[] Classes { get; init; } = [];

    /// <summary>x0, y0, x1, y1 of each instance, in pixels.</summary>
    public float[] Boxes { get; init; } = [];

    public static IReadOnlyList<LabelledPhotograph> ReadAll(string annotations)
    {
        using JsonDocument coco = JsonDocument.Parse(File.ReadAllBytes(annotations));
        Dictionary<int, string> names = coco.RootElement.GetProperty("categories").EnumerateArray()
            .ToDictionary(category => category.GetProperty("id").GetInt32(), category => category.GetProperty("name").GetString()!);
        ILookup<int, JsonElement> instances = coco.RootElement.GetProperty("annotations").EnumerateArray().ToLookup(instance => instance.GetProperty("image_id").GetInt32());
        return [.. coco.RootElement.GetProperty("images").EnumerateArray()
            .Select(image => (Path: image.GetProperty("file_name").GetString()!, Instances: instances[image.GetProperty("id").GetInt32()].ToArray()))
            .Where(photograph => photograph.Instances.Length > 0)
            .Select(photograph => new LabelledPhotograph
            {
                ImagePath = photograph.Path,
                Classes = [.. photograph.Instances.Select(instance => names[instance.GetProperty("category_id").GetInt32()])],
                Boxes = [.. photograph.Instances.SelectMany(instance => Corners([.. instance.GetProperty("bbox").EnumerateArray().Select(side => side.GetSingle())]))],
            })];
    }

    private static float[] Corners(float[] box) => [box[0], box[1], box[0] + box[2], box[1] + box[3]];
}
