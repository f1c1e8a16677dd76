using Microsoft.ML.IrNet.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>
/// Computes class activation maps over several scales, each of the photograph and its mirror image (Ahn, Cho, Kwak, CVPR 2019, section 3 and the
/// published <c>make_cam</c>). Safe to use from several threads at once. One image is in the network at a time, which keeps the peak of memory low.
/// </summary>
public sealed class ClassActivationMapper : IDisposable
{
    private const int Stride = 4;

    private readonly CamNetwork _network;
    private readonly CamOptions _options;
    private readonly Device _device;
    private readonly InferenceBackbone _backbone;

    /// <summary>Prepares a network: moves it to the device, switches it to evaluation and takes a folded copy of a residual backbone, so that it sees no later training.</summary>
    /// <param name="network">The trained classifier.</param>
    /// <param name="options">Scales and limits; the published ones where null.</param>
    /// <param name="device">Where to compute; the CPU where null.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public ClassActivationMapper(CamNetwork network, CamOptions? options = null, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        _options = options ?? new CamOptions();
        _options.Validate();
        _device = device ?? CPU;
        _network = network;
        _network.to(_device);
        _network.eval();
        _backbone = new InferenceBackbone(network.Backbone);
    }

    /// <summary>Computes the maps of a photograph.</summary>
    /// <param name="image">The photograph, of any size.</param>
    /// <param name="tags">Its 0-based classes in any order; empty for a photograph that shows none; null to take the classes that the network itself finds.</param>
    /// <param name="fullResolution">Whether maps of the photograph's own size are wanted too.</param>
    /// <param name="tagThreshold">The probability from which a class counts as found where <paramref name="tags"/> is null.</param>
    /// <returns>The maps; with no tag, empty ones.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A tag is no class of the network.</exception>
    /// <exception cref="NumericException">A map or a score is not finite.</exception>
    public ClassActivation Compute(RgbImage image, IReadOnlyList<int>? tags, bool fullResolution = false, float tagThreshold = 0.5f)
    {
        ArgumentNullException.ThrowIfNull(image);
        foreach (int tag in tags ?? [])
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)tag, (uint)_network.Classes, nameof(tags));
        using var guard = no_grad();
        using var scope = NewDisposeScope();

        float whole = Fit(image, 1);
        Tensor features = Features(image, whole);
        float[] score = FiniteValues.Require(ImageTensor.Values(_network.LogitsFromFeatures(features).sigmoid()), "class scores");
        int[] found = tags is null
            ? [.. Enumerable.Range(0, score.Length).Where(index => score[index] >= tagThreshold)]
            : [.. tags.Distinct().Order()];

        var sums = new MapSums(image, found.Length, Stride, _network.Backbone.TapStrides[^1], fullResolution);
        float[] scales = [.. _options.Scales.Select(scale => Fit(image, scale))];
        if (found.Length > 0)
            foreach (float scale in scales)
            {
                using var pass = NewDisposeScope();
                sums.Add(Maps(image, scale, found, scale == whole ? features : null));
            }
        // A mapper that nobody needs any more may be finalised, and the weights with it, while its last call computes with them.
        GC.KeepAlive(this);
        float[] maps = FiniteValues.Require(sums.Strided(), "class activation maps");
        return new ClassActivation(image.Height, image.Width, sums.Rows, sums.Columns, found, maps, sums.FullResolution(), score) { Scales = scales };
    }

    /// <summary>Releases the folded copy of the backbone; the network stays.</summary>
    public void Dispose() => _backbone.Dispose();

    private float Fit(RgbImage image, float scale)
    {
        double pixels = (double)image.Height * image.Width;
        return pixels * scale * scale <= _options.MaximumPixels ? scale : (float)Math.Sqrt(_options.MaximumPixels / pixels);
    }

    private Tensor Features(RgbImage image, float scale, bool mirrored = false)
    {
        using var scope = NewDisposeScope();
        Tensor stem;
        using (Tensor input = Input(image, scale, mirrored))
            stem = _backbone.Backbone.Stage(0, input);
        return _backbone.Backbone.Stages(1, Backbone.TapCount, stem).MoveToOuterDisposeScope();
    }

    private Tensor Input(RgbImage image, float scale, bool mirrored)
    {
        using var scope = NewDisposeScope();
        Tensor input = ImageTensor.Normalised(PillowResampler.Rescale(image, scale), _device);
        return (mirrored ? input.flip(3) : input).MoveToOuterDisposeScope();
    }

    internal Tensor Maps(RgbImage image, float scale, int[] tags, Tensor? features)
    {
        using var scope = NewDisposeScope();
        Tensor maps = _network.MapsFromFeatures(features ?? Features(image, scale), tags);
        if (_options.Flip)
            maps.Add(_network.MapsFromFeatures(Features(image, scale, mirrored: true), tags).flip(3));
        return maps.MoveToOuterDisposeScope();
    }
}
