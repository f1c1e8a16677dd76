using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>
/// Labels the pixels of photographs: logits of the scaled photograph, bilinear at its own size, and where wanted a dense CRF on their softmax. Safe to use from
/// several threads at once.
/// </summary>
public sealed class DeepLabMapper : IStudentMapper
{
    private readonly DeepLabNetwork _network;
    private readonly DeepLabInferenceOptions _options;
    private readonly Device _device;
    private readonly InferenceBackbone _backbone;

    /// <summary>Prepares a network: moves it to the device, switches it to evaluation and takes a folded copy of a residual backbone.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="options">Scale, limits and CRF; the defaults where null.</param>
    /// <param name="device">Where to compute; the CPU where null. The CRF always runs on the CPU.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public DeepLabMapper(DeepLabNetwork network, DeepLabInferenceOptions? options = null, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        _options = options ?? new DeepLabInferenceOptions();
        _options.Validate();
        _device = device ?? CPU;
        _network = network;
        _network.to(_device);
        _network.eval();
        _backbone = new InferenceBackbone(network.Backbone);
    }

    /// <summary>Labels a photograph.</summary>
    /// <param name="image">The photograph, of any size.</param>
    /// <returns>The most probable label of each pixel, at the photograph's size: 0 background, class + 1.</returns>
    /// <exception cref="OptionException">The photograph is too large for the CRF with so many classes.</exception>
    /// <exception cref="NumericException">A logit is not finite.</exception>
    public LabelMap Compute(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        Tensor logits = Logits(image);
        FiniteValues.Require(ImageTensor.Values(logits), "logits");
        byte[] labels = _options.Crf is { } crf ? Refined(image, logits, crf) : MostProbable(image, logits);
        // A mapper that nobody needs any more may be finalised, and the weights with it, while its last call computes with them.
        GC.KeepAlive(this);
        return new LabelMap(image.Height, image.Width, labels);
    }

    ImageLabels IStudentMapper.Label(RgbImage image) => new([], Compute(image));

    /// <summary>Releases the folded copy of the backbone; the network stays.</summary>
    public void Dispose() => _backbone.Dispose();

    private Tensor Logits(RgbImage image)
    {
        using var scope = NewDisposeScope();
        Tensor stem;
        using (Tensor input = ImageTensor.Normalised(PillowResampler.Rescale(image, _options.Scale(image.Height, image.Width)), _device))
            stem = _backbone.Backbone.Stage(0, input);
        return _network.Logits(_backbone.Backbone.Stages(1, Backbone.TapCount, stem)).MoveToOuterDisposeScope();
    }

    // One label's logits at a time have the photograph's size.
    private static byte[] MostProbable(RgbImage image, Tensor logits)
    {
        using var scope = NewDisposeScope();
        Tensor best = Plane(0), labels = zeros(best.shape, dtype: ScalarType.Byte, device: logits.device);
        for (int label = 1; label < logits.shape[1]; label++)
        {
            using var step = NewDisposeScope();
            using Scalar value = ((byte)label).ToScalar();
            Tensor plane = Plane(label);
            labels.masked_fill_(plane.gt(best), value);
            best.copy_(maximum(plane, best));
        }
        return labels.cpu().data<byte>().ToArray();

        Tensor Plane(int label) => DeepLabNetwork.Enlarge(logits.narrow(1, label, 1), image.Height, image.Width);
    }

    private static byte[] Refined(RgbImage image, Tensor logits, DenseCrfOptions crf)
    {
        int labels = (int)logits.shape[1];
        if ((long)image.Height * image.Width * labels > Array.MaxLength / 4)
            throw new OptionException(nameof(DeepLabInferenceOptions.Crf),
                $"a photograph of {image.Height} x {image.Width} pixels is too large for a CRF of {labels} labels; label it without, or make it smaller.");
        using var scope = NewDisposeScope();
        float[] energies = ImageTensor.Values(DeepLabNetwork.Enlarge(logits, image.Height, image.Width).log_softmax(1).neg());
        return DenseCrf.ArgMax(DenseCrf.Infer(image.Pixels, image.Height, image.Width, energies, labels, crf), labels);
    }
}
