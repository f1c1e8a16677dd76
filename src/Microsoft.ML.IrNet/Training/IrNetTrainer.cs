using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Training;

/// <summary>Trains IRNet's boundary and displacement branches from interpixel labels (paper section 4).</summary>
public static class IrNetTrainer
{
    private const string Stage = "IRNet training";

    /// <summary>
    /// Trains both branches in place, then measures the mean displacement that inference subtracts. The backbone stays as it is. The network is left in
    /// evaluation mode on <see cref="TrainingOptions.Device"/>. With a checkpoint folder, an interrupted run goes on where it stood and ends with the same weights.
    /// </summary>
    /// <param name="network">The network, with the weights to start from.</param>
    /// <param name="images">The photographs; their tags are not used.</param>
    /// <param name="interPixelLabels">
    /// Labels of a photograph at its own size: 0 background, class + 1, 255 not known. Called from several threads, once each time the photograph is seen.
    /// </param>
    /// <param name="options">The recipe; the published one where null.</param>
    /// <param name="progress">Told of each step, with the losses <c>loss</c>, <c>positive</c>, <c>negative</c>, <c>displacement foreground</c> and <c>displacement background</c>.</param>
    /// <param name="cancellation">
    /// Ends the run after the step or photograph it is in; the state is saved and the network is as far as it got. A run cancelled before its last step has no
    /// mean displacement.
    /// </param>
    /// <exception cref="OptionException">An option is out of range, or differs from those of the run to resume.</exception>
    /// <exception cref="TrainingException">There are no photographs, none can be read, or the loss is not finite.</exception>
    public static TrainingResult Train(
        IrNetwork network, ITaggedImages images, Func<int, LabelMap> interPixelLabels, IrNetTrainingOptions? options = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new IrNetTrainingOptions();
        TrainingResult trained = TrainBranches(network, images, interPixelLabels, options, progress, cancellation);
        if (trained.Cancelled)
            return trained;
        var leftOut = new LeftOutPhotographs(options, trained.Unreadable);
        MeasureMeanDisplacement(network, images, leftOut, options, options.CheckpointDirectory, progress: null, cancellation);
        return trained with { Cancelled = cancellation.IsCancellationRequested, Unreadable = leftOut.All };
    }

    /// <summary>Trains both branches, and leaves no mean displacement.</summary>
    internal static TrainingResult TrainBranches(
        IrNetwork network, ITaggedImages images, Func<int, LabelMap> interPixelLabels, IrNetTrainingOptions options,
        IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(interPixelLabels);
        options.Validate();

        Device device = options.Device ?? CPU;
        network.to(device);
        using (no_grad())
            network.MeanDisplacement.zero_().Dispose();
        using Sgd optimiser = CreateOptimiser(network, options);
        var loop = new TrainingLoop<IrNetSample>(Stage, options, images, network, optimiser)
        {
            Load = (index, random) => LoadSample(images, index, interPixelLabels, options, random),
        };
        if (!loop.Resume() && options.CheckpointDirectory is { } folder)
            DisplacementMean.Forget(folder);
        using var frozen = new InferenceBackbone(network.Backbone);
        // Kernels in C# are the faster ones on the CPU; elsewhere the maps stay where they are.
        BatchLoss loss = device.type == DeviceType.CPU ? new AffinityDisplacementLoss(options.Radius).Compute : new TensorAffinityDisplacementLoss(options.Radius).Compute;
        network.train();
        try
        {
            return loop.Run(Step, new LeftOutPhotographs(options), progress, cancellation);
        }
        finally
        {
            network.eval();
        }

        IReadOnlyList<KeyValuePair<string, float>> Step(IReadOnlyList<IrNetSample> samples)
        {
            using var scope = NewDisposeScope();
            Tensor input = BatchTensor.Of([.. samples.Select(sample => sample.Pixels)], options.CropSize, options.CropSize, device);
            return Losses(Backward(network, frozen.Backbone, loss, input, [.. samples.SelectMany(sample => sample.ReducedLabels)]));
        }
    }

    /// <summary>Measures the mean displacement of trained branches, and stores it in the network.</summary>
    /// <param name="network">Moved to the options' device.</param>
    /// <param name="images">The photographs that the branches have learned from.</param>
    /// <param name="leftOut">Those to do without; takes in the ones that cannot be read now.</param>
    /// <param name="options">The recipe.</param>
    /// <param name="folder">Where what was measured so far is kept; null for nowhere.</param>
    /// <param name="progress">Told how many photographs have been looked at.</param>
    /// <param name="cancellation">Ends the measuring; the network then has the mean of the photographs before.</param>
    internal static void MeasureMeanDisplacement(
        IrNetwork network, ITaggedImages images, LeftOutPhotographs leftOut, IrNetTrainingOptions options, string? folder, IProgress<int>? progress,
        CancellationToken cancellation)
    {
        network.to(options.Device ?? CPU);
        using var frozen = new InferenceBackbone(network.Backbone);
        network.train();
        try
        {
            if (new DisplacementMean(network, frozen.Backbone, options).Measure(images, leftOut, folder, progress, cancellation) is not { } mean)
                return;
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            network.MeanDisplacement.copy_(tensor([mean.Y, mean.X]));
        }
        finally
        {
            network.eval();
        }
    }

    internal static Sgd CreateOptimiser(IrNetwork network, IrNetTrainingOptions options)
    {
        var optimiser = new Sgd(options.WeightDecay, options.Momentum, options.GradientClip);
        foreach ((string name, Parameter parameter) in network.named_parameters())
            if (!name.StartsWith("backbone.", StringComparison.Ordinal))
                optimiser.Add(name, parameter, name.StartsWith("fc_dp", StringComparison.Ordinal) ? options.DisplacementLearningRateFactor : 1);
        return optimiser;
    }

    /// <summary>The losses of a batch, the gradients of their total left in the parameters.</summary>
    internal static AffinityDisplacementLosses Backward(IrNetwork network, Backbone frozen, BatchLoss loss, Tensor input, byte[] reducedLabels)
    {
        Tensor[] taps;
        using (no_grad())
            taps = frozen.forward(input);
        Tensor boundary = network.BoundaryLogits(taps);
        Tensor displacement = network.Displacement(taps);
        LossGradients result = loss(boundary, displacement, reducedLabels);
        // The sum's gradients are just those that the loss gave.
        Tensor surrogate = (boundary * result.Boundary).sum().Plus((displacement * result.Displacement).sum());
        surrogate.backward();
        return result.Losses;
    }

    private static IReadOnlyList<KeyValuePair<string, float>> Losses(AffinityDisplacementLosses result) =>
    [
        new("loss", (float)result.Total),
        new("positive", (float)result.PositiveAffinity),
        new("negative", (float)result.NegativeAffinity),
        new("displacement foreground", (float)result.DisplacementForeground),
        new("displacement background", (float)result.DisplacementBackground),
    ];

    private static IrNetSample LoadSample(ITaggedImages images, int index, Func<int, LabelMap> interPixelLabels, IrNetTrainingOptions options, RandomStream random)
    {
        RgbImage image = images.Load(index);
        LabelMap labels = interPixelLabels(index);
        if (labels.Height != image.Height || labels.Width != image.Width)
            throw new DataSetException(images.Name(index),
                $"its interpixel labels are {labels.Height} x {labels.Width} pixels, but the photograph has {image.Height} x {image.Width}; make the labels from this photograph.");
        return Augmentation.ForIrNet(image, labels, options, random);
    }
}
