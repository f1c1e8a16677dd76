using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>Trains Mask R-CNN from instances, drawn or pseudo labels (He et al., ICCV 2017, section 3.1).</summary>
public static class MaskRcnnTrainer
{
    private const string Stage = "Mask R-CNN training";

    /// <summary>
    /// Trains a network in place, which is left in evaluation mode on <see cref="TrainingOptions.Device"/>. With a validation set it ends with the weights of the epoch that was best
    /// there. With a checkpoint folder, an interrupted run goes on where it stood and ends with the same weights.
    /// </summary>
    /// <param name="network">The network, with the weights to start from.</param>
    /// <param name="training">What it learns from; a photograph without objects is an example of background.</param>
    /// <param name="options">The recipe; the author's, scaled to the set, where null.</param>
    /// <param name="validation">Measured after each epoch by COCO's AP of masks; null for none.</param>
    /// <param name="progress">Told of each step, with the losses <c>loss</c> (the sum of the others), <c>class</c>, <c>box</c>, <c>mask</c>, <c>objectness</c> and <c>proposal</c>.</param>
    /// <param name="cancellation">Ends the run after the step it is in; the state is saved and the network has the best weights so far, or without a validation the last.</param>
    /// <exception cref="OptionException">An option is out of range, or differs from those of the run to resume.</exception>
    /// <exception cref="TrainingException">There are no photographs, none can be read, or the loss is not finite.</exception>
    public static TrainingResult Train(
        MaskRcnnNetwork network, InstanceSet training, MaskRcnnTrainingOptions? options = null, InstanceSet? validation = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        options ??= MaskRcnnTrainingOptions.ForSet(training.Photographs.Count);
        options.Validate();

        Device device = options.Device ?? CPU;
        network.to(device);
        using Sgd optimiser = CreateOptimiser(network, options);
        var leftOut = new LeftOutPhotographs(options);
        var loop = new TrainingLoop<MaskRcnnSample>(Stage, options, training.Photographs, network, optimiser)
        {
            Load = (index, random) => MaskRcnnAugmentation.Draw(
                training.Photographs.Name(index), training.Photographs.Load(index), training.Instances(index), network.Classes, options, random),
            Validate = validation is null ? null : () => MaskRcnnValidation.Score(network, validation, options, leftOut, cancellation),
        };
        loop.Resume();
        using var frozen = new InferenceBackbone(network.Backbone);
        var step = new MaskRcnnStep(network, frozen.Backbone, options);
        FreezeBatchNorms(network, options.FreezeBatchNorms);
        network.train();
        try
        {
            return loop.Run(Step, leftOut, progress, cancellation);
        }
        finally
        {
            network.eval();
            FreezeBatchNorms(network, false);
        }

        IReadOnlyList<KeyValuePair<string, float>> Step(IReadOnlyList<MaskRcnnSample> samples)
        {
            MaskRcnnLosses losses = default;
            foreach (MaskRcnnSample[] part in samples.Chunk(options.PartSize ?? samples.Count))
            {
                float share = (float)part.Length / samples.Count;
                losses += step.Backward(part, share) * share;
            }
            return losses.Named;
        }
    }

    internal static Sgd CreateOptimiser(MaskRcnnNetwork network, MaskRcnnTrainingOptions options)
    {
        var optimiser = new Sgd(options.WeightDecay, options.Momentum, options.GradientClip);
        foreach ((string name, Parameter parameter) in network.named_parameters())
            optimiser.Add(name, parameter, 1);
        return optimiser;
    }

    /// <summary>Whether the backbone's batch norms keep their scales and shifts: parameters that get no gradient are left alone by the optimiser.</summary>
    internal static void FreezeBatchNorms(MaskRcnnNetwork network, bool freeze)
    {
        foreach (Parameter parameter in network.Backbone.modules().OfType<BatchNormalisation>().SelectMany(norm => norm.parameters()))
            parameter.requires_grad = !freeze;
    }
}
