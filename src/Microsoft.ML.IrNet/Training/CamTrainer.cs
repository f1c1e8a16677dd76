using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Training;

/// <summary>Trains the classifier whose class activation maps start the method (paper section 3.1).</summary>
public static class CamTrainer
{
    private const string Stage = "CAM training";

    /// <summary>
    /// Trains a network in place: the classifier, and the backbone's stages from <see cref="CamNetwork.FrozenStages"/> on. The network is left in
    /// evaluation mode on <see cref="TrainingOptions.Device"/>. With a checkpoint folder, an interrupted run goes on where it stood and ends with the same weights.
    /// </summary>
    /// <param name="network">The network, with the weights to start from.</param>
    /// <param name="images">The photographs and their tags; one without tags is an example of nothing.</param>
    /// <param name="options">The recipe; the published one where null.</param>
    /// <param name="progress">Told of each step; its only loss is <c>loss</c>.</param>
    /// <param name="cancellation">Ends the run after the step it is in; the state is saved and the network is as far as it got.</param>
    /// <exception cref="OptionException">An option is out of range, or differs from those of the run to resume.</exception>
    /// <exception cref="DataSetException">A photograph has a tag that the network has no class for.</exception>
    /// <exception cref="TrainingException">There are no photographs, none can be read, or the loss is not finite.</exception>
    public static TrainingResult Train(
        CamNetwork network, ITaggedImages images, CamTrainingOptions? options = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        options ??= new CamTrainingOptions();
        options.Validate();
        RequireKnownTags(network, images);

        Device device = options.Device ?? CPU;
        network.to(device);
        using Sgd optimiser = CreateOptimiser(network, options);
        var loop = new TrainingLoop<CamSample>(Stage, options, images, network, optimiser)
        {
            Load = (index, random) => new CamSample(Augmentation.ForCam(images.Load(index), options, random), images.Tags(index)),
        };
        loop.Resume();
        network.train();
        try
        {
            return loop.Run(Step, new LeftOutPhotographs(options), progress, cancellation);
        }
        finally
        {
            network.eval();
        }

        IReadOnlyList<KeyValuePair<string, float>> Step(IReadOnlyList<CamSample> samples)
        {
            using var scope = NewDisposeScope();
            Tensor input = BatchTensor.Of([.. samples.Select(sample => sample.Pixels)], options.CropSize, options.CropSize, device);
            return [new("loss", Backward(network, input, Targets(samples, network.Classes, device)))];
        }
    }

    internal static Sgd CreateOptimiser(CamNetwork network, CamTrainingOptions options)
    {
        var optimiser = new Sgd(options.WeightDecay, options.Momentum, options.GradientClip);
        foreach ((string name, Parameter parameter) in network.named_parameters())
            optimiser.Add(name, parameter, name.StartsWith("backbone.", StringComparison.Ordinal) ? 1 : options.ClassifierLearningRateFactor);
        return optimiser;
    }

    /// <summary>The multilabel soft margin loss of a batch, its gradients left in the parameters.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">Normalised images [B,3,H,W].</param>
    /// <param name="targets">1 where a class is in an image, else 0, [B,classes].</param>
    internal static float Backward(CamNetwork network, Tensor input, Tensor targets)
    {
        Tensor loss = nn.functional.multilabel_soft_margin_loss(network.Logits(input), targets);
        loss.backward();
        return loss.item<float>();
    }

    private static Tensor Targets(IReadOnlyList<CamSample> samples, int classes, Device device)
    {
        float[] targets = new float[samples.Count * classes];
        for (int i = 0; i < samples.Count; i++)
            foreach (int tag in samples[i].Tags)
                targets[i * classes + tag] = 1;
        return tensor(targets, [samples.Count, classes], device: device);
    }

    private static void RequireKnownTags(CamNetwork network, ITaggedImages images)
    {
        for (int i = 0; i < images.Count; i++)
            foreach (int tag in images.Tags(i))
                if (tag < 0 || tag >= network.Classes)
                    throw new DataSetException(images.Name(i), $"has tag {tag}, but the network has {network.Classes} classes, 0 to {network.Classes - 1}; give it a network with all classes of the data set.");
    }
}
