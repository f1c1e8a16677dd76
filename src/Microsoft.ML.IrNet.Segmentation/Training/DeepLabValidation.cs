using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>Scores a network in training by the mean IoU of its maps of a validation set.</summary>
internal static class DeepLabValidation
{
    /// <summary>The mean IoU, background included; not a number where nothing could be read, null where cancelled.</summary>
    /// <param name="network">The network, which is in training mode again afterwards.</param>
    /// <param name="set">The set.</param>
    /// <param name="options">How maps are computed, and where.</param>
    /// <param name="leftOut">Takes in photographs that cannot be read.</param>
    /// <param name="cancellation">Ends the validation.</param>
    public static double? Score(DeepLabNetwork network, SemanticSet set, DeepLabTrainingOptions options, LeftOutPhotographs leftOut, CancellationToken cancellation)
    {
        var evaluator = new SemanticEvaluator(network.Classes);
        using (var mapper = new DeepLabMapper(network, options.Validation, options.Device))
            for (int i = 0; i < set.Photographs.Count; i++)
            {
                if (cancellation.IsCancellationRequested)
                    break;
                int index = i;
                leftOut.Try(set.Photographs.Name(index), () =>
                {
                    (RgbImage photograph, LabelMap map) = set.Load(index, network.Classes);
                    evaluator.Add(map, mapper.Compute(photograph));
                });
            }
        network.train();
        return cancellation.IsCancellationRequested ? null : evaluator.Compute().MeanIoU;
    }
}
