using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Reports;

/// <summary>What a report shows of one photograph, as text that stands in the page until it is looked at.</summary>
internal static class ReportPictures
{
    private const int Quality = 72;

    /// <summary>The photograph as JPEG, its network maps, and its masks as run lengths, all small.</summary>
    public static string Json(ReportPhotograph photograph, ImageLabels found, ImageLabels? drawn, int side)
    {
        LabelMap size = found.Semantic;
        double scale = Math.Min(1, (double)side / Math.Max(size.Height, size.Width));
        (int height, int width) = (PillowResampler.ScaledSize(size.Height, scale), PillowResampler.ScaledSize(size.Width, scale));
        return new JsonObject
        {
            ["height"] = height,
            ["width"] = width,
            ["photograph"] = photograph.Path is { } path ? Convert.ToBase64String(PngFile.EncodeJpeg(PillowResampler.Bicubic(ImageFile.Read(path), height, width), Quality)) : null,
            ["maps"] = photograph.Maps is { } maps ? Convert.ToBase64String(ImageFile.ReadBytes(maps)) : null,
            ["found"] = Masks(found, height, width),
            ["drawn"] = Masks(drawn, height, width),
        }.ToJsonString();
    }

    private static JsonArray Masks(ImageLabels? labels, int height, int width) =>
        new([.. (labels?.Instances ?? []).Select(instance => (JsonNode)Shrunk(instance.Mask, height, width).ToCompressedString())]);

    private static RunLengthMask Shrunk(RunLengthMask mask, int height, int width) => mask.Height == height && mask.Width == width
        ? mask
        : RunLengthMask.FromRowMajor(height, width, PillowResampler.Nearest(new LabelMap(mask.Height, mask.Width, mask.ToRowMajor()), height, width).Labels);
}
