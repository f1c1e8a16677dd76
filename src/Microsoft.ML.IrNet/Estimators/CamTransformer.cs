using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>
/// Computes class activation maps of photographs (paper section 3.1), and tags for those that have none.
/// </summary>
/// <remarks>
/// <para>Input columns: Image (MLImage), and where there is one Tags (a vector of Key&lt;UInt32&gt; with KeyValues).</para>
/// <para>Output columns: Tags, ImageSize, MapSize, Cam, CamFullResolution, ClassScore; see <see cref="ColumnNames"/>.</para>
/// </remarks>
public sealed class CamTransformer : RowTransformer, IDisposable
{
    internal static readonly ModelFormat Format = new("IRNETCAM", LoaderName, typeof(CamTransformer));

    internal const string LoaderName = "IrNetCam";

    private readonly Lazy<ClassActivationMapper> _maps;
    private bool _disposed;

    internal CamTransformer(IHostEnvironment environment, CamNetwork network, IReadOnlyList<string> classes, CamTransformerOptions options)
        : base(environment, Format)
    {
        options.Validate();
        if (classes.Count != network.Classes)
            throw new ArgumentException($"{classes.Count} class names do not fit a network of {network.Classes} classes.", nameof(classes));
        (Network, Options, Classes) = (network, options, [.. classes]);
        _maps = new(() => new ClassActivationMapper(network, options.Maps, DeviceChoice.Resolve(Environment, Host)));
    }

    /// <summary>The network; this transformer's own, to be used but not disposed.</summary>
    public CamNetwork Network { get; }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>How maps are computed and in which columns they are.</summary>
    public CamTransformerOptions Options { get; }

    /// <summary>Releases the network.</summary>
    public void Dispose()
    {
        if (_maps.IsValueCreated)
            _maps.Value.Dispose();
        Network.Dispose();
        _disposed = true;
    }

    internal static CamTransformer Load(IHostEnvironment environment, ModelReader reader)
    {
        CamSettings settings = reader.ReadSettings<CamSettings>();
        Backbone backbone = settings.Backbone.Create(reader);
        torch.nn.Module made = backbone;
        try
        {
            reader.RequireWeight("classifier.weight", settings.Classes.Count, backbone.TapChannels[^1], 1, 1);
            var network = new CamNetwork(backbone, settings.Classes.Count, settings.FrozenStages);
            made = network;
            reader.ReadWeights(network);
            return new CamTransformer(environment, network, settings.Classes, settings.Options);
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>The maps of a photograph; of the classes found in it where <paramref name="tags"/> is null.</summary>
    internal ClassActivation ComputeMaps(RgbImage image, int[]? tags, bool fullResolution)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _maps.Value.Compute(image, tags, fullResolution, Options.TagThreshold);
    }

    /// <summary>The probabilities of the classes without any maps, for a fraction of the work.</summary>
    internal float[] ComputeScores(RgbImage image)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _maps.Value.Compute(image, []).ClassScore;
    }

    private protected override RowMap Bind(DataViewSchema input) => new CamMap(this, Host, input);

    private protected override void Save(ModelWriter writer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        writer.WriteSettings(new CamSettings
        {
            Options = Options,
            Classes = Classes,
            Backbone = BackboneRecipe.Of(Network.Backbone),
            FrozenStages = Network.FrozenStages,
        });
        writer.WriteWeights(Network);
    }
}
