using System.Globalization;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Rendering;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Tuning;

namespace Microsoft.ML.IrNet.Notebooks;

/// <summary>
/// Photographs, maps and masks as pictures, metrics as tables. Notebooks of .NET Interactive show these types so by themselves; elsewhere <c>ToHtml</c> and <c>ToPng</c> give the same.
/// </summary>
public static class NotebookDisplay
{
    private const byte Grey = 160;

    /// <summary>A photograph as PNG, without loss.</summary>
    public static byte[] ToPng(this RgbImage image) => PngFile.Encode(image);

    /// <summary>A semantic or instance map in the colours of VOC as PNG.</summary>
    public static byte[] ToPng(this LabelMap map) => PngFile.Encode(Picture(map));

    /// <summary>Class activation maps, class boundary map and displacement field side by side, at the photograph's size, as PNG.</summary>
    public static byte[] ToPng(this NetworkMaps maps) => PngFile.Encode(SideBySide([.. Pictures(maps).Select(picture => picture.Image)]));

    /// <summary>Instances as PNG.</summary>
    /// <param name="labels">The labels; instances with score 0 are not drawn.</param>
    /// <param name="photograph">What to draw them on, of their size; grey where null.</param>
    /// <exception cref="ArgumentException">The photograph has another size.</exception>
    public static byte[] ToPng(this ImageLabels labels, RgbImage? photograph = null) => PngFile.Encode(Picture(labels, photograph));

    /// <summary>A photograph as HTML.</summary>
    public static string ToHtml(this RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return HtmlFigure.Of($"{image.Width} x {image.Height}", image);
    }

    /// <summary>A semantic or instance map as HTML.</summary>
    public static string ToHtml(this LabelMap map) => HtmlFigure.Of("label map", Picture(map));

    /// <summary>Class activation maps, class boundary map and displacement field as HTML.</summary>
    public static string ToHtml(this NetworkMaps maps) => Figures(Pictures(maps));

    /// <summary>Instances and semantic map as HTML.</summary>
    /// <param name="labels">The labels; instances with score 0 are not drawn.</param>
    /// <param name="photograph">What to draw them on, of their size; grey where null.</param>
    /// <exception cref="ArgumentException">The photograph has another size.</exception>
    public static string ToHtml(this ImageLabels labels, RgbImage? photograph = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        RgbImage below = photograph ?? Canvas(labels.Semantic);
        return Figures([new("instance masks", Picture(labels, photograph)), new("semantic map", MaskOverlay.Semantic(below, labels.Semantic))]);
    }

    /// <summary>All that was made of a photograph as HTML.</summary>
    public static string ToHtml(this LabelledPhotograph labelled)
    {
        ArgumentNullException.ThrowIfNull(labelled);
        return Figures(StagePictures.Draw(labelled.Image, labelled.Maps, labelled.Labels, labelled.Truth));
    }

    /// <summary>Metrics of instances as an HTML table, in percent.</summary>
    public static string ToHtml(this InstanceSegmentationMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        return HtmlTable.Of($"Instances of {metrics.Images} photographs", ["class", "AP50", "AP75"],
            [.. metrics.Classes.Select(name => (string[])[name, Percentage.Of(metrics.PerClassAP50[name]), Percentage.Of(metrics.PerClassAP75[name])]), ["mean", Percentage.Of(metrics.AP50), Percentage.Of(metrics.AP75)]]);
    }

    /// <summary>Metrics of semantic maps as an HTML table, in percent.</summary>
    public static string ToHtml(this SemanticSegmentationMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        return HtmlTable.Of($"Semantic maps of {metrics.Images} photographs", ["class", "IoU"],
            [.. metrics.PerClassIoU.Select(entry => (string[])[entry.Key, Percentage.Of(entry.Value)]), ["mean", Percentage.Of(metrics.MeanIoU)]]);
    }

    /// <summary>The most important numbers of an evaluation as an HTML table, in percent.</summary>
    public static string ToHtml(this EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return HtmlTable.Of($"Labels of {report.Images} photographs", ["measure", ""],
        [
            ["semantic masks, mIoU", Percentage.Of(report.Semantic.MeanIoU)],
            .. report.Instance.Thresholds.Select(at => (string[])[string.Create(CultureInfo.InvariantCulture, $"instances, AP at IoU {at.Threshold:F2}"), Percentage.Of(at.Mean)]),
            .. report.Coco.Numbers.Select(number => (string[])[$"instances, COCO {number.Key}", Percentage.Of(number.Value)]),
        ]);
    }

    /// <summary>What tuning has tried as an HTML table.</summary>
    public static string ToHtml(this TuningResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return HtmlTable.Of($"Masks before {Percentage.Of(result.Before)}, tuned {Percentage.Of(result.After)}", ["round", "option", "value", "score", "chosen"],
            result.Trials.Select(trial => (string[])[$"{trial.Round}", trial.Option, trial.Value.ToString(CultureInfo.InvariantCulture), Percentage.Of(trial.Score), trial.Chosen ? "yes" : ""]));
    }

    /// <summary>What a notebook shows of an object; null for one that it has to show itself.</summary>
    internal static string? HtmlOf(object instance) => instance switch
    {
        RgbImage image => image.ToHtml(),
        LabelMap map => map.ToHtml(),
        NetworkMaps maps => maps.ToHtml(),
        ImageLabels labels => labels.ToHtml(),
        LabelledPhotograph labelled => labelled.ToHtml(),
        InstanceSegmentationMetrics metrics => metrics.ToHtml(),
        SemanticSegmentationMetrics metrics => metrics.ToHtml(),
        EvaluationReport report => report.ToHtml(),
        TuningResult result => result.ToHtml(),
        _ => null,
    };

    private static StagePicture[] Pictures(NetworkMaps maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        var black = new RgbImage(maps.Height, maps.Width, new byte[maps.Height * maps.Width * 3]);
        return
        [
            new("class activation map", HeatMap.Overlay(black, maps.Cam, maps.Rows, maps.Columns, opacity: 1)),
            new("class boundary map", HeatMap.Grey(maps.Boundary, maps.Rows, maps.Columns, maps.Height, maps.Width)),
            new("displacement field", ColourWheel.Draw(maps.Displacement, maps.Rows, maps.Columns, maps.Height, maps.Width)),
        ];
    }

    private static RgbImage Picture(ImageLabels labels, RgbImage? photograph)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return MaskOverlay.Instances(photograph ?? Canvas(labels.Semantic), labels.Instances, leastScore: float.Epsilon);
    }

    private static RgbImage Picture(LabelMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MaskOverlay.Semantic(new RgbImage(map.Height, map.Width, new byte[map.Labels.Length * 3]), map, opacity: 1);
    }

    private static RgbImage Canvas(LabelMap size)
    {
        var pixels = new byte[size.Labels.Length * 3];
        Array.Fill(pixels, Grey);
        return new RgbImage(size.Height, size.Width, pixels);
    }

    private static RgbImage SideBySide(RgbImage[] images)
    {
        (int height, int width) = (images[0].Height, images.Sum(image => image.Width));
        var pixels = new byte[height * width * 3];
        for (int y = 0, to = 0; y < height; y++)
            foreach (RgbImage image in images)
            {
                image.Pixels.AsSpan(y * image.Width * 3, image.Width * 3).CopyTo(pixels.AsSpan(to));
                to += image.Width * 3;
            }
        return new RgbImage(height, width, pixels);
    }

    private static string Figures(IEnumerable<StagePicture> pictures) => string.Concat(pictures.Select(picture => HtmlFigure.Of(picture.Caption, picture.Image)));
}
