using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Training;

/// <summary>The mean of the displacement field over photographs, which inference subtracts (paper section 4.3).</summary>
/// <param name="network">In training mode: evaluation would subtract the mean of before.</param>
/// <param name="frozen">Its backbone, as inference runs it.</param>
/// <param name="options">Sizes, device and kind of mean.</param>
internal sealed class DisplacementMean(IrNetwork network, Backbone frozen, IrNetTrainingOptions options)
{
    private readonly bool _padded = options.MeanDisplacement == MeanDisplacementKind.PaddedBatches;
    private double _y;
    private double _x;
    private double _weight;

    /// <summary>Looks at all photographs but those left out. Ends early when cancelled.</summary>
    public void Measure(ITaggedImages images, LeftOutPhotographs leftOut, IProgress<int>? progress, CancellationToken cancellation)
    {
        int batchSize = _padded ? options.BatchSize : 1;
        var batch = new List<RgbImage>();
        for (int i = 0; i < images.Count && !cancellation.IsCancellationRequested; i++)
        {
            int index = i;
            leftOut.Try(images.Name(index), () => batch.Add(images.Load(index)));
            if (batch.Count == batchSize)
            {
                Add(batch);
                batch.Clear();
            }
            progress?.Report(i + 1);
        }
        if (_weight == 0 && batch.Count > 0)
            Add(batch);
    }

    /// <summary>Puts the mean over what was looked at into the network.</summary>
    public void Store()
    {
        if (_weight == 0)
            return;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        network.MeanDisplacement.copy_(tensor([(float)(_y / _weight), (float)(_x / _weight)]));
    }

    private void Add(List<RgbImage> batch)
    {
        (int height, int width) = _padded ? (options.CropSize, options.CropSize) : (CanvasSide(batch[0].Height), CanvasSide(batch[0].Width));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor input = BatchTensor.Of(
            [.. batch.Select(image => CanvasCrop.TopLeft(image.Height, image.Width, height, width).Apply(image))], height, width, options.Device ?? CPU);
        Tensor displacement = network.Displacement(frozen.forward(input));
        if (!_padded)
            displacement = displacement.narrow(2, 0, Cells(batch[0].Height)).narrow(3, 0, Cells(batch[0].Width));
        double[] means = displacement.mean([0, 2, 3], type: ScalarType.Float64).cpu().data<double>().ToArray();
        double weight = _padded ? 1 : displacement.shape[2] * displacement.shape[3];
        (_y, _x, _weight) = (_y + weight * means[0], _x + weight * means[1], _weight + weight);
    }

    private int CanvasSide(int size) => new IrNetInferenceOptions { Canvas = options.Canvas }.Side(size);

    private static int Cells(int size) => (size + IrNetwork.Stride - 1) / IrNetwork.Stride;
}
