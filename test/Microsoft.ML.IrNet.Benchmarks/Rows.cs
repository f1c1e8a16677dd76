using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Training;
using TorchSharp;

namespace Microsoft.ML.IrNet.Benchmarks;

/// <summary>What is measured. A row is prepared outside the time taken.</summary>
internal static class Rows
{
    private const int Classes = 20, Batch = 4;

    public static IReadOnlyDictionary<string, Func<Row>> All { get; } = new Dictionary<string, Func<Row>>
    {
        ["walk94x125x12"] = () => Walk(94, 125, 12),
        ["walk4032x3024x6"] = () => Walk(3024 / Inputs.Stride, 4032 / Inputs.Stride, 6),
        ["crfPair500x375x3"] = CrfPair,
        ["cam500x375"] = Cam,
        ["irnetForward512"] = IrNetForward,
        ["postprocess"] = PostProcess,
        ["label500x375"] = Label,
        ["irnetStepB4"] = IrNetStep,
        ["camStepB4"] = CamStep,
        ["backbone512x384"] = StudentRows.Backbone,
        ["maskRcnnInference"] = StudentRows.MaskRcnnInference,
        ["maskRcnnStepB2"] = StudentRows.MaskRcnnStep,
        ["deepLabInference"] = StudentRows.DeepLabInference,
        ["roiAlign"] = StudentRows.RoiAlign,
    };

    private static Row Walk(int rows, int columns, int count)
    {
        float[] boundary = Inputs.Boundary(rows, columns), cams = Inputs.Cams(rows, columns);
        float[] maps = [.. Enumerable.Range(0, count).SelectMany(i => cams.AsSpan(i % 3 * rows * columns, rows * columns).ToArray())];
        return new(() => new RandomWalk(boundary, rows, columns, new RandomWalkOptions()).Propagate(maps, count));
    }

    /// <summary>Both calls of a photograph with two tags, so three labels.</summary>
    private static Row CrfPair()
    {
        RgbImage photograph = Inputs.Photograph();
        float[] cam = Inputs.Cams(Inputs.Height, Inputs.Width)[..(2 * Inputs.Height * Inputs.Width)];
        return new(() => InterPixelLabels.Compute(photograph, cam, [0, 7], new InterPixelLabelOptions()));
    }

    private static Row Cam()
    {
        RgbImage photograph = Inputs.Photograph();
        CamNetwork network = CamNetwork();
        var mapper = new ClassActivationMapper(network);
        return new(() => mapper.Compute(photograph, [0, 7, 14]), mapper, network);
    }

    private static Row IrNetForward()
    {
        RgbImage photograph = Inputs.Photograph();
        IrNetwork network = IrNetwork();
        var mapper = new BoundaryDisplacementMapper(network);
        return new(() => mapper.Compute(photograph), mapper, network);
    }

    /// <summary>Centroids, clusters, enlargement, the winner of each pixel, and components: labelling without the walk.</summary>
    private static Row PostProcess()
    {
        NetworkMaps maps = Inputs.Maps();
        return new(() => PseudoLabeller.Label(maps, new PseudoLabelOptions { UseBoundaries = false }));
    }

    /// <summary>All that comes after the activation maps.</summary>
    private static Row Label()
    {
        NetworkMaps maps = Inputs.Maps();
        Row forward = IrNetForward();
        return new(() =>
        {
            forward.Run();
            PseudoLabeller.Label(maps, new PseudoLabelOptions());
        }, forward);
    }

    private static Row IrNetStep()
    {
        var options = new IrNetTrainingOptions();
        IrNetwork network = IrNetwork();
        network.train();
        var frozen = new InferenceBackbone(network.Backbone);
        Sgd optimiser = IrNetTrainer.CreateOptimiser(network, options);
        var loss = new AffinityDisplacementLoss(options.Radius);
        RgbImage photograph = Inputs.Photograph();
        LabelMap labels = Inputs.Labels();
        IrNetSample[] samples = [.. Enumerable.Range(0, Batch).Select(i => Augmentation.ForIrNet(photograph, labels, options, new RandomStream(i)))];
        return new(() =>
        {
            using var scope = torch.NewDisposeScope();
            torch.Tensor input = BatchTensor.Of([.. samples.Select(sample => sample.Pixels)], options.CropSize, options.CropSize, torch.CPU);
            IrNetTrainer.Backward(network, frozen.Backbone, loss.Compute, input, [.. samples.SelectMany(sample => sample.ReducedLabels)]);
            optimiser.Step(1e-6);
        }, optimiser, frozen, network);
    }

    private static Row CamStep()
    {
        var options = new CamTrainingOptions();
        CamNetwork network = CamNetwork();
        network.train();
        Sgd optimiser = CamTrainer.CreateOptimiser(network, options);
        RgbImage photograph = Inputs.Photograph();
        float[][] samples = [.. Enumerable.Range(0, Batch).Select(i => Augmentation.ForCam(photograph, options, new RandomStream(i)))];
        return new(() =>
        {
            using var scope = torch.NewDisposeScope();
            torch.Tensor input = BatchTensor.Of(samples, options.CropSize, options.CropSize, torch.CPU);
            CamTrainer.Backward(network, input, torch.ones(Batch, Classes));
            optimiser.Step(1e-6);
        }, optimiser, network);
    }

    public static CamNetwork CamNetwork() => new(new ResNetBackbone(new ResNetOptions()), Classes);

    public static IrNetwork IrNetwork() => new(new ResNetBackbone(new ResNetOptions()));
}
