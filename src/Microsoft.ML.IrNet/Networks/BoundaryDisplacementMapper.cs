using Microsoft.ML.IrNet.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>
/// Computes the class boundary map, from the mean logit of a photograph and its mirror image, and the displacement field, from the photograph alone
/// (Ahn, Cho, Kwak, CVPR 2019, section 4 and the published inference). Safe to use from several threads at once.
/// </summary>
public sealed class BoundaryDisplacementMapper : IDisposable
{
    private readonly IrNetwork _network;
    private readonly IrNetInferenceOptions _options;
    private readonly Device _device;
    private readonly InferenceBackbone _backbone;

    /// <summary>Prepares a network: moves it to the device, switches it to evaluation and takes a folded copy of a residual backbone.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="options">The canvas; the published one where null.</param>
    /// <param name="device">Where to compute; the CPU where null.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public BoundaryDisplacementMapper(IrNetwork network, IrNetInferenceOptions? options = null, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        _options = options ?? new IrNetInferenceOptions();
        _options.Validate();
        _device = device ?? CPU;
        _network = network;
        _network.to(_device);
        _network.eval();
        _backbone = new InferenceBackbone(network.Backbone);
    }

    /// <summary>Computes both maps of a photograph.</summary>
    /// <param name="image">The photograph, of any size.</param>
    /// <returns>The maps, at a quarter of the photograph's size.</returns>
    /// <exception cref="NumericException">A value is not finite.</exception>
    public BoundaryDisplacement Compute(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        int rows = (image.Height + IrNetwork.Stride - 1) / IrNetwork.Stride, columns = (image.Width + IrNetwork.Stride - 1) / IrNetwork.Stride;
        Tensor pixels = ImageTensor.Normalised(image, _device);

        // One after the other: the taps of a large photograph take gigabytes.
        (Tensor straight, Tensor? displacement) = Run(pixels, rows, columns, withDisplacement: true);
        (Tensor mirrored, _) = Run(pixels.flip(3), rows, columns, withDisplacement: false);
        // A mapper that nobody needs any more may be finalised, and the weights with it, while its last call computes with them.
        GC.KeepAlive(this);
        Tensor boundary = straight.Plus(mirrored.flip(3)).Scale(0.5).sigmoid();
        return new BoundaryDisplacement(
            rows, columns, FiniteValues.Require(ImageTensor.Values(boundary), "class boundary map"), FiniteValues.Require(ImageTensor.Values(displacement!), "displacement field"));
    }

    /// <summary>Releases the folded copy of the backbone; the network stays.</summary>
    public void Dispose() => _backbone.Dispose();

    private (Tensor Boundary, Tensor? Displacement) Run(Tensor pixels, int rows, int columns, bool withDisplacement)
    {
        using var scope = NewDisposeScope();
        int height = (int)pixels.shape[2], width = (int)pixels.shape[3];
        Tensor canvas = nn.functional.pad(pixels, [0, _options.Side(width) - width, 0, _options.Side(height) - height]);
        Tensor[] taps = _backbone.Backbone.forward(canvas);
        Tensor boundary = Cut(_network.BoundaryLogits(taps), rows, columns);
        Tensor? displacement = withDisplacement ? Cut(_network.Displacement(taps), rows, columns) : null;
        return (boundary.MoveToOuterDisposeScope(), displacement?.MoveToOuterDisposeScope());
    }

    private static Tensor Cut(Tensor maps, int rows, int columns) => maps.narrow(2, 0, rows).narrow(3, 0, columns).contiguous();
}
