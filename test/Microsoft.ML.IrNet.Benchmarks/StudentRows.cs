using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Benchmarks;

/// <summary>The rows of the networks that learn from masks. Mask R-CNN sees 512x384 pixels.</summary>
internal static class StudentRows
{
    private const int Classes = 20, Height = 384, Width = 512, Regions = 300, Found = 10;

    /// <summary>The backbone alone, as Mask R-CNN's inference runs it: what the rest is held against.</summary>
    public static Row Backbone()
    {
        var backbone = new ResNetBackbone(MaskRcnnShape);
        var folded = new InferenceBackbone(backbone);
        Tensor input = FoldedConvolution.ChannelsLast(ImageTensor.Normalised(Inputs.Photograph(Height, Width), CPU));
        return new(() =>
        {
            using var guard = no_grad();
            using var scope = NewDisposeScope();
            folded.Backbone.forward(input);
        }, folded, backbone, input);
    }

    /// <summary>300 proposals are looked at closely, and ten of them are drawn.</summary>
    public static Row MaskRcnnInference()
    {
        RgbImage photograph = Inputs.Photograph(Height, Width);
        MaskRcnnNetwork network = Network();
        network.eval();
        var mapper = new MaskRcnnMapper(network, new MaskRcnnInferenceOptions { ShorterSide = Height, LongerSide = Width, Proposals = Regions, Detections = Found, MinimumScore = 0 }, CPU);
        return new(() => mapper.Detect(photograph), mapper, network);
    }

    /// <summary>Two photographs with three objects each, 300 regions a photograph.</summary>
    public static Row MaskRcnnStep()
    {
        var options = new MaskRcnnTrainingOptions { ShorterSides = [Height], LongerSide = Width, RegionsPerPhotograph = Regions };
        MaskRcnnNetwork network = Network();
        network.train();
        MaskRcnnTrainer.FreezeBatchNorms(network, true);
        var frozen = new InferenceBackbone(network.Backbone);
        Sgd optimiser = MaskRcnnTrainer.CreateOptimiser(network, options);
        var step = new MaskRcnnStep(network, frozen.Backbone, options);
        RgbImage photograph = Inputs.Photograph(Height, Width);
        MaskRcnnSample[] samples = [.. Enumerable.Range(0, 2).Select(i => MaskRcnnAugmentation.Draw("photograph", photograph, Objects(), Classes, options, new RandomStream(i)))];
        return new(() =>
        {
            step.Backward(samples);
            optimiser.Step(1e-6);
        }, optimiser, frozen, network);
    }

    public static Row DeepLabInference()
    {
        RgbImage photograph = Inputs.Photograph();
        var network = new DeepLabNetwork(new ResNetBackbone(DeepLabNetwork.Shape), Classes);
        network.eval();
        var mapper = new DeepLabMapper(network, new DeepLabInferenceOptions());
        return new(() => mapper.Compute(photograph), mapper, network);
    }

    /// <summary>300 regions of all levels pooled for the box branch, forward and backward.</summary>
    public static Row RoiAlign()
    {
        var random = new Random(1);
        Tensor[] pyramid = [.. MaskRcnnNetwork.PooledScales.Select(scale => FoldedConvolution.ChannelsLast(randn(1, MaskRcnnNetwork.PublishedChannels, (long)(Height * scale), (long)(Width * scale))))];
        Region[] regions = [.. Enumerable.Range(0, Regions).Select(_ =>
        {
            (float height, float width) = (16 + random.NextSingle() * (Height - 16), 16 + random.NextSingle() * (Width - 16));
            (float y, float x) = (random.NextSingle() * (Height - height), random.NextSingle() * (Width - width));
            return new Region(0, new BoundingBox(x, y, x + width, y + height));
        })];
        var pooler = new RegionPooler(MaskRcnnNetwork.BoxSide, 2);
        return new(() =>
        {
            using var scope = NewDisposeScope();
            pooler.Backward(pooler.Forward(pyramid, regions, MaskRcnnNetwork.PooledScales), pyramid, regions, MaskRcnnNetwork.PooledScales);
        }, [.. pyramid]);
    }

    private static ResNetOptions MaskRcnnShape => new() { OutputStride = 32 };

    private static MaskRcnnNetwork Network() => new(new ResNetBackbone(MaskRcnnShape), Classes);

    private static InstanceLabel[] Objects()
    {
        LabelMap labels = Inputs.Labels(Height, Width);
        return [.. Enumerable.Range(1, 3).Select(number =>
        {
            RunLengthMask mask = RunLengthMask.FromRowMajor(Height, Width, Array.ConvertAll(labels.Labels, label => label == number ? (byte)1 : (byte)0));
            return new InstanceLabel(number - 1, 1, mask.ComputeBox(), mask);
        })];
    }
}
