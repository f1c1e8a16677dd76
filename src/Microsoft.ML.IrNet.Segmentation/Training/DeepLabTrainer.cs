using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>Trains DeepLab from maps of classes (Chen et al., 2017): cross-entropy over all labelled pixels, of the head and of the auxiliary one.</summary>
public static class DeepLabTrainer
{
    private const string Stage = "DeepLab training";

    /// <summary>
    /// Trains a network in place, the backbone included. The network is left in evaluation mode on <see cref="TrainingOptions.Device"/>, with the weights of the best
    /// validation where there is one. With a checkpoint folder, an interrupted run goes on where it stood and ends with the same weights. Dropout is seeded
    /// at each step, for which torch's own random generator is set.
    /// </summary>
    /// <param name="network">
    /// The network, with the weights to start from. Live batch norms take their statistics from the photographs that are computed at once; for one at a time, those
    /// of the pooled branch, which see a single value, use their running ones.
    /// </param>
    /// <param name="training">What to learn from. A photograph whose map is of another size or holds a strange label is left out like one that cannot be read.</param>
    /// <param name="options">The recipe; the usual one, scaled to the set, where null.</param>
    /// <param name="validation">Scored by its mean IoU after each epoch; null for none.</param>
    /// <param name="progress">Told of each step, with the losses <c>loss</c>, <c>main</c> and <c>auxiliary</c>; a batch without a labelled pixel has 0 and changes nothing.</param>
    /// <param name="cancellation">Ends the run after the step it is in; the state is saved and the network is as far as it got.</param>
    /// <exception cref="OptionException">An option is out of range, or differs from those of the run to resume.</exception>
    /// <exception cref="TrainingException">There are no photographs, none can be read, or the loss is not finite.</exception>
    public static TrainingResult Train(
        DeepLabNetwork network, SemanticSet training, DeepLabTrainingOptions? options = null, SemanticSet? validation = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        options ??= DeepLabTrainingOptions.ForSet(training.Photographs.Count);
        options.Validate();

        Device device = options.Device ?? CPU;
        network.to(device);
        using Sgd optimiser = CreateOptimiser(network, options);
        var leftOut = new LeftOutPhotographs(options);
        var loop = new TrainingLoop<DeepLabSample>(Stage, options, training.Photographs, network, optimiser)
        {
            Load = (index, random) =>
            {
                (RgbImage photograph, LabelMap map) = training.Load(index, network.Classes);
                return DeepLabAugmentation.Apply(photograph, map, options, random);
            },
            Validate = validation is null ? null : () => DeepLabValidation.Score(network, validation, options, leftOut, cancellation),
        };
        loop.Resume();
        network.train();
        try
        {
            return loop.Run(samples => Step(network, samples, options, device), leftOut, progress, cancellation);
        }
        finally
        {
            network.eval();
        }
    }

    internal static Sgd CreateOptimiser(DeepLabNetwork network, DeepLabTrainingOptions options)
    {
        var optimiser = new Sgd(options.WeightDecay, options.Momentum, options.GradientClip);
        foreach ((string name, Parameter parameter) in network.named_parameters())
            optimiser.Add(name, parameter, RateFactor(name));
        return optimiser;

        double RateFactor(string name) =>
            name.StartsWith("aux_classifier.", StringComparison.Ordinal) ? options.AuxiliaryLearningRateFactor
            : name.StartsWith("classifier.", StringComparison.Ordinal) ? options.HeadLearningRateFactor
            : 1;
    }

    /// <summary>Goes over a batch in parts and leaves the gradients of its loss in the parameters.</summary>
    internal static IReadOnlyList<KeyValuePair<string, float>> Step(
        DeepLabNetwork network, IReadOnlyList<DeepLabSample> samples, DeepLabTrainingOptions options, Device device)
    {
        manual_seed(samples[0].DropoutSeed);
        double labelled = samples.Sum(sample => (long)sample.Labelled);
        double main = 0, auxiliary = 0;
        foreach (DeepLabSample[] part in samples.Chunk(options.PartSize ?? samples.Count))
        {
            double share = part.Sum(sample => (long)sample.Labelled) / Math.Max(1, labelled);
            // The mean over nothing is no number, and neither would its gradients be.
            if (share == 0)
                continue;
            using var scope = NewDisposeScope();
            Tensor input = BatchTensor.Of([.. part.Select(sample => sample.Pixels)], options.CropSize, options.CropSize, device);
            DeepLabLosses losses = Backward(network, input, Targets(part, options.CropSize, device), options.AuxiliaryWeight, share);
            main += share * losses.Main;
            auxiliary += share * losses.Auxiliary;
        }
        return [new("loss", (float)(main + options.AuxiliaryWeight * auxiliary)), new("main", (float)main), new("auxiliary", (float)auxiliary)];
    }

    /// <summary>The losses of images, the gradients of their weighted sum added to those of the parameters.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">Normalised images [B,3,H,W].</param>
    /// <param name="targets">Whole numbers [B,H,W]: 0 background, class + 1, 255 not known, at least one pixel known.</param>
    /// <param name="auxiliaryWeight">Of the auxiliary head's loss.</param>
    /// <param name="share">What the gradients are multiplied with.</param>
    internal static DeepLabLosses Backward(DeepLabNetwork network, Tensor input, Tensor targets, double auxiliaryWeight, double share = 1)
    {
        using var scope = NewDisposeScope();
        (Tensor logits, Tensor? auxiliaryLogits) = network.forward(input);
        Tensor main = CrossEntropy(logits, targets), total = main;
        float auxiliary = 0;
        if (auxiliaryLogits is not null)
        {
            Tensor loss = CrossEntropy(auxiliaryLogits, targets);
            total = main.Plus(loss, times: auxiliaryWeight);
            auxiliary = loss.item<float>();
        }
        Tensor weight = tensor((float)share, device: total.device);
        (total * weight).backward();
        return new DeepLabLosses(main.item<float>(), auxiliary);
    }

    private static Tensor CrossEntropy(Tensor logits, Tensor targets) => nn.functional.cross_entropy(logits, targets, ignore_index: LabelMap.Void);

    private static Tensor Targets(DeepLabSample[] samples, int side, Device device)
    {
        using var scope = NewDisposeScope();
        byte[] labels = [.. samples.SelectMany(sample => sample.Labels)];
        return tensor(labels, [samples.Length, side, side]).to(ScalarType.Int64).to(device).MoveToOuterDisposeScope();
    }
}
