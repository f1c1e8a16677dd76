using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>Scores a network in training by COCO's AP of the masks it finds in a validation set.</summary>
internal static class MaskRcnnValidation
{
    /// <summary>The AP; not a number where nothing could be read or nothing is there, null where cancelled.</summary>
    /// <param name="network">The network, which is in training mode again afterwards.</param>
    /// <param name="set">The set.</param>
    /// <param name="options">The size that photographs are looked at, and where.</param>
    /// <param name="leftOut">Takes in photographs that cannot be read.</param>
    /// <param name="cancellation">Ends the validation.</param>
    public static double? Score(MaskRcnnNetwork network, InstanceSet set, MaskRcnnTrainingOptions options, LeftOutPhotographs leftOut, CancellationToken cancellation)
    {
        var inference = new MaskRcnnInferenceOptions { ShorterSide = options.ShorterSides[^1], LongerSide = options.LongerSide };
        var evaluator = new CocoEvaluator(network.Classes, CocoIouKind.Mask);
        using (var mapper = new MaskRcnnMapper(network, inference, options.Device ?? CPU))
            for (int i = 0; i < set.Photographs.Count && !cancellation.IsCancellationRequested; i++)
            {
                int index = i;
                leftOut.Try(set.Photographs.Name(index), () =>
                {
                    RgbImage photograph = set.Photographs.Load(index);
                    IReadOnlyList<InstanceLabel> truth = set.Instances(index);
                    MaskRcnnAugmentation.Require(set.Photographs.Name(index), photograph, truth, network.Classes);
                    evaluator.Add(truth, mapper.Detect(photograph));
                });
            }
        network.train();
        return cancellation.IsCancellationRequested ? null : evaluator.Compute().AP;
    }
}
