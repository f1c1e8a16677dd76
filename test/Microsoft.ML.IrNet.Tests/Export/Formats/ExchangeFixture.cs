using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Export.Formats;

/// <summary>A label folder and its photographs, on the way to another format and back.</summary>
internal sealed class ExchangeFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Labels => _folder.At("labels");

    public string Images => _folder.At("images");

    public string Exported => _folder.At("exported");

    public string Converted => _folder.At("converted");

    public string Figures => _folder.At("figures.json");

    public string At(params string[] parts) => Path.Combine([Exported, .. parts]);

    /// <summary>Writes the labels as <c>irnet label</c> does, and the photographs.</summary>
    public void Write(DrawnSet set)
    {
        using var writer = new LabelFolderWriter(Labels, set.Classes);
        IReadOnlyList<string> names = PhotographNames.Assign([.. set.Photographs.Select(photograph => photograph.File)]);
        foreach ((DrawnPhotograph photograph, string name) in set.Photographs.Zip(names))
        {
            writer.Add(name, Path.GetFileName(photograph.File), photograph.Height, photograph.Width,
                new ImageLabels(photograph.Instances, InstanceMaps.Semantic(photograph.Height, photograph.Width, photograph.Instances)));
            string image = _folder.At(["images", .. photograph.File.Split('/')]);
            if (image.EndsWith(".png", StringComparison.Ordinal))
                PngFile.Write(image, Pictures.Gradient(photograph.Height, photograph.Width));
            else
                File.WriteAllBytes(image, PngFile.EncodeJpeg(Pictures.Gradient(photograph.Height, photograph.Width)));
        }
        writer.Complete();
    }

    public LabelExchangeReport Export(LabelFormat format, bool withImages = false) =>
        LabelExport.Execute(Labels, format, Exported, new() { Images = withImages ? Images : null });

    public LabelExchangeReport Convert(LabelFormat format, bool withImages = false) =>
        LabelConversion.Execute(format, Exported, Converted, new() { Images = withImages ? Images : null });

    /// <summary>Writes one photograph's labels in a format; none but its own instances.</summary>
    public LabelExchangeReport Export(LabelFormat format, int height, int width, params InstanceLabel[] instances)
    {
        Write(new DrawnSet(DrawnSet.PlainClasses, [new DrawnPhotograph("one.jpg", height, width, instances)]));
        return Export(format, withImages: true);
    }

    public void Dispose() => _folder.Dispose();
}
