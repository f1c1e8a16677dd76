using Microsoft.ML.IrNet.Files;
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

    /// <summary>
    /// Looks at all photographs but those left out. Ends early when cancelled, with what was looked at before. With a folder, what was measured of each photograph is kept there and not measured again;
    /// padded batches, which are not of one photograph, are.
    /// </summary>
    /// <returns>What the network is to be told; null where nothing was looked at.</returns>
    public (float Y, float X)? Measure(ITaggedImages images, LeftOutPhotographs leftOut, string? folder, IProgress<int>? progress, CancellationToken cancellation)
    {
        var sum = new Part(0, 0, 0);
        using TallyJournal<Part>? measured = folder is null || _padded ? null : new TallyJournal<Part>(JournalIn(folder), part => double.IsFinite(part.X) && double.IsFinite(part.Y) && part.Weight is > 0 and < double.PositiveInfinity);
        int batchSize = _padded ? options.BatchSize : 1;
        var batch = new List<RgbImage>();
        for (int i = 0; i < images.Count && !cancellation.IsCancellationRequested; i++)
        {
            (int index, string name) = (i, images.Name(i));
            if (measured?.Find(name) is { } before)
                sum = sum.Plus(before);
            else
                leftOut.Try(name, () => batch.Add(images.Load(index)));
            if (batch.Count == batchSize)
            {
                Part part = Measure(batch);
                measured?.Add(name, part);
                sum = sum.Plus(part);
                batch.Clear();
            }
            progress?.Report(i + 1);
        }
        if (sum.Weight == 0 && batch.Count > 0)
            sum = Measure(batch);
        return sum.Weight == 0 ? null : ((float)(sum.Y / sum.Weight), (float)(sum.X / sum.Weight));
    }

    /// <summary>Removes what was measured with other weights.</summary>
    public static void Forget(string folder)
    {
        if (Directory.Exists(folder))
            File.Delete(JournalIn(folder));
    }

    private static string JournalIn(string folder) => Path.Combine(folder, "mean-displacement.journal");

    private Part Measure(List<RgbImage> batch)
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
        return new Part(weight * means[0], weight * means[1], weight);
    }

    private int CanvasSide(int size) => new IrNetInferenceOptions { Canvas = options.Canvas }.Side(size);

    private static int Cells(int size) => (size + IrNetwork.Stride - 1) / IrNetwork.Stride;

    /// <summary>Weighted sums.</summary>
    private sealed record Part(double Y, double X, double Weight)
    {
        public Part Plus(Part other) => new(Y + other.Y, X + other.X, Weight + other.Weight);
    }
}
