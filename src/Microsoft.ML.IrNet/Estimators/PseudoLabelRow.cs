using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using TorchSharp;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>The pseudo labels of the row a cursor stands on, computed once for all who share it and only as far as they want.</summary>
internal sealed class PseudoLabelRow
{
    private readonly DataViewRow _row;
    private readonly PseudoLabelColumnOptions _options;
    private readonly PerRow<ImageLabels> _labels;
    private readonly Func<uint[]> _tags;
    private readonly Func<int[]> _imageSize, _mapSize;
    private readonly Func<float[]> _cam, _boundary, _displacement;

    /// <param name="row">The row.</param>
    /// <param name="columns">Its tags, image size, map size, class activation maps, boundaries, displacements and, where a CRF is wanted, photograph.</param>
    /// <param name="options">How to label.</param>
    /// <param name="device">Where scores walk; the CPU where null.</param>
    public PseudoLabelRow(DataViewRow row, IReadOnlyList<int> columns, PseudoLabelColumnOptions options, Lazy<torch.Device?> device)
    {
        (_row, _options) = (row, options);
        _tags = Getters.Read<uint>(row, columns[0]);
        (_imageSize, _mapSize) = (Getters.Read<int>(row, columns[1]), Getters.Read<int>(row, columns[2]));
        (_cam, _boundary, _displacement) = (Getters.Read<float>(row, columns[3]), Getters.Read<float>(row, columns[4]), Getters.Read<float>(row, columns[5]));
        ImageColumn? image = columns.Count > 6 ? new ImageColumn(row, columns[6]) : null;
        _labels = new PerRow<ImageLabels>(row, () => Label(image?.Read(), device.Value));
    }

    /// <summary>Whether anyone asks for instances; set before the first row.</summary>
    public bool WantsInstances { get; set; }

    /// <summary>Whether anyone asks for the semantic map; set before the first row.</summary>
    public bool WantsSemantic { get; set; }

    /// <summary>The labels.</summary>
    /// <exception cref="DataSetException">The row's columns do not fit each other.</exception>
    public ImageLabels Labels => _labels.Value;

    private ImageLabels Label(RgbImage? photograph, torch.Device? device)
    {
        NetworkMaps maps = ReadMaps();
        if (photograph is not null && (photograph.Height != maps.Height || photograph.Width != maps.Width))
            throw new DataSetException($"row {_row.Position}",
                $"the column {_options.ImageColumnName} is {photograph.Height} x {photograph.Width}, {_options.ImageSizeColumnName} says {maps.Height} x {maps.Width} (height x width).");
        return PseudoLabeller.Label(maps, _options.Labels, WantsInstances, WantsSemantic, device, photograph);
    }

    private NetworkMaps ReadMaps()
    {
        int[] tags = Array.ConvertAll(_tags(), key => (int)key - 1);
        (int[] image, int[] maps) = (_imageSize(), _mapSize());
        float[] cam = _cam(), boundary = _boundary(), displacement = _displacement();
        try
        {
            if (image.Length != 2 || maps.Length != 2)
                throw new ArgumentException("a size is not two numbers");
            return new NetworkMaps(image[0], image[1], maps[0], maps[1], tags, cam, boundary, displacement);
        }
        catch (ArgumentException error)
        {
            throw new DataSetException($"row {_row.Position}",
                $"the columns {_options.TagsColumnName}, {_options.ImageSizeColumnName}, {_options.MapSizeColumnName}, {_options.CamColumnName}, {_options.BoundaryColumnName} and "
                + $"{_options.DisplacementColumnName} do not fit each other ({error.Message}); take them as the CAM and IRNet transformers put them out.", error);
        }
    }
}
