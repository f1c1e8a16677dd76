using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export;

/// <summary>The labels of a label folder for the photographs of a data set, in the data set's classes, whatever order the folder has them in.</summary>
internal sealed class FolderLabels
{
    private readonly string _folder;
    private readonly LabelFolder _labels;
    private readonly int[] _classOf;

    /// <exception cref="DataSetException">The folder is damaged, has a class that the data set has not, or labels none of its photographs.</exception>
    public FolderLabels(string folder, PhotographSet photographs)
    {
        (_folder, _labels) = (folder, LabelFolder.Read(folder, photographs));
        IReadOnlyList<string> classes = photographs.Classes.Count > 0 ? photographs.Classes : _labels.Classes;
        _classOf = [.. _labels.Classes.Select(name => ClassNames.Require(classes, name, folder))];
        Photograph[] labelled = [.. photographs.Photographs.Where(photograph => _labels.Photographs.ContainsKey(photograph.Name))];
        Photographs = labelled.Length > 0
            ? photographs with { Classes = classes, Photographs = labelled }
            : throw new DataSetException(folder, "has labels of none of the data set's photographs; check that both are of the same split.");
    }

    /// <summary>The photographs that are labelled. A data set without classes takes over those of the folder.</summary>
    public PhotographSet Photographs { get; }

    /// <inheritdoc cref="LabelFolder.NetworkMapsOf"/>
    public string? NetworkMapsOf(string name) => _labels.NetworkMapsOf(name);

    /// <summary>Reads the labels of a photograph that is labelled.</summary>
    /// <exception cref="DataSetException">They are damaged or of another size than the photograph; names the folder and the photograph.</exception>
    /// <exception cref="ImageFileException">A map or the photograph cannot be read.</exception>
    public ImageLabels Read(Photograph photograph)
    {
        (int height, int width) = ImageFile.ReadSize(photograph.Path);
        string subject = $"{_folder} photograph '{photograph.Name}'";
        if (_labels.Sizes.TryGetValue(photograph.Name, out (int Height, int Width) stated) && stated != (height, width))
            throw new DataSetException(subject,
                $"its labels are {stated.Height} x {stated.Width} and {photograph.Path} is {height} x {width} (height x width); label the same photographs at their own size.");
        ImageLabels labels;
        try
        {
            labels = _labels.Photographs[photograph.Name]();
        }
        catch (DataSetException error)
        {
            throw new DataSetException(subject, $"its labels cannot be read ({error.Message})", error);
        }
        return new ImageLabels([.. labels.Instances.Select(instance => instance with { ClassIndex = _classOf[instance.ClassIndex] })], Renumber(labels.Semantic));
    }

    private LabelMap Renumber(LabelMap map) =>
        new(map.Height, map.Width, Array.ConvertAll(map.Labels, label => label is 0 or LabelMap.Void ? label : (byte)(_classOf[label - 1] + 1)));
}
