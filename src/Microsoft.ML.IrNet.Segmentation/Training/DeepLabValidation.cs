using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>Scores a network in training by the mean IoU of its maps of a validation set.</summary>
internal static class DeepLabValidation
{
    /// <summary>The mean IoU, background included; not a number where cancelled or where nothing could be read.</summary>
    /// <param name="network">The network, which is in training mode again afterwards.</param>
    /// <param name="set">The set.</param>
    /// <param name="options">How maps are computed, and where.</param>
    /// <param name="leftOut">Takes in photographs that cannot be read.</param>
    /// <param name="cancellation">Ends the validation.</param>
    public static double Score(DeepLabNetwork network, SemanticSet set, DeepLabTrainingOptions options, LeftOutPhotographs leftOut, CancellationToken cancellation)
    {
        var evaluator = new SemanticEvaluator(network.Classes);
        using (var mapper = new DeepLabMapper(network, options.Validation, options.Device))
            for (int i = 0; i < set.Photographs.Count; i++)
            {
                if (cancellation.IsCancellationRequested)
                    break;
                if (TryLoad(set, i, network.Classes, leftOut) is var (photograph, map))
                    evaluator.Add(map, mapper.Compute(photograph));
            }
        network.train();
        return cancellation.IsCancellationRequested ? double.NaN : evaluator.Compute().MeanIoU;
    }

    private static (RgbImage Photograph, LabelMap Map)? TryLoad(SemanticSet set, int index, int classes, LeftOutPhotographs leftOut)
    {
        try
        {
            return set.Load(index, classes);
        }
        catch (Exception error) when (LeftOutPhotographs.IsUnreadable(error))
        {
            string name = set.Photographs.Name(index);
            if (!leftOut.Contains(name))
                leftOut.Add(new UnreadablePhotograph(name, error));
            return null;
        }
    }
}
