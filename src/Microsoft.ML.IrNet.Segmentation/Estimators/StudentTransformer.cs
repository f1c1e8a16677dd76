using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Training;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>A network that has learned from masks and makes masks of photographs: <see cref="MaskRcnnTransformer"/> or <see cref="DeepLabTransformer"/>.</summary>
public abstract class StudentTransformer : RowTransformer, IDisposable
{
    private readonly torch.nn.Module _network;
    private readonly Lazy<IStudentMapper> _mapper;
    private bool _disposed;

    private protected StudentTransformer(
        IHostEnvironment environment, ModelFormat format, IReadOnlyList<string> classes, torch.nn.Module network, Func<torch.Device, IStudentMapper> open)
        : base(environment, format)
    {
        (_network, Classes) = (network, [.. classes]);
        _mapper = new(() => open(DeviceChoice.Resolve(Environment, Host)));
    }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The losses of the training that made it; none for a saved model.</summary>
    internal IReadOnlyList<LossCurve> Losses { get; init; } = [];

    /// <summary>Releases the network.</summary>
    public void Dispose()
    {
        if (_mapper.IsValueCreated)
            _mapper.Value.Dispose();
        _network.Dispose();
        _disposed = true;
        GC.SuppressFinalize(this);
    }

    /// <summary>All that the network says of a photograph: instances and the semantic map drawn of them, or the semantic map alone.</summary>
    internal ImageLabels Label(RgbImage image)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _mapper.Value.Label(image);
    }

    /// <summary>What the model is apart from its weights, as it is saved.</summary>
    internal abstract object Settings { get; }

    /// <summary>A digest of the weights.</summary>
    internal string WeightsDigest() => RunIdentity.Of(_network);

    /// <summary>A network with a model's weights, ready for use.</summary>
    private protected static T Filled<T>(T network, ModelReader reader) where T : torch.nn.Module
    {
        try
        {
            reader.ReadWeights(network);
            network.eval();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Writes the settings and the weights of the network.</summary>
    private protected override void Save(ModelWriter writer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        writer.WriteSettings(Settings);
        writer.WriteWeights(_network);
    }
}
