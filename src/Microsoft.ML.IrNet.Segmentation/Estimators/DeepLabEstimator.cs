using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Training;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>Trains DeepLab on semantic maps: pseudo labels or drawn ones (Chen et al., 2017).</summary>
/// <remarks>
/// <para>Input columns: Image (MLImage); for Fit also SemanticMap (a vector of Byte), as the semantic pseudo labels have it, and one of keys that name the classes, or else the names as an option.</para>
/// <para>Output columns: those of <see cref="DeepLabTransformer"/>.</para>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>This estimator</description></listheader>
/// <item><term>Reads the data</term><description>once; decoded photographs and maps are kept in a temporary file of MLContext.TempFilePath, 4 bytes a pixel, and memory stays flat</description></item>
/// <item><term>Device</term><description>MLContext.GpuDeviceId and FallbackToCpu</description></item>
/// <item><term>Random numbers</term><description>from the seed of the MLContext</description></item>
/// <item><term>Cancelling</term><description>by the options' token or the context; Fit then returns the best model so far</description></item>
/// </list>
/// </remarks>
public sealed class DeepLabEstimator : IEstimator<DeepLabTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly DeepLabEstimatorOptions _options;

    internal DeepLabEstimator(IHostEnvironment environment, DeepLabEstimatorOptions options)
    {
        options.Validate();
        (_environment, _host, _options) = (environment, environment.Register(nameof(DeepLabEstimator)), options);
    }

    /// <summary>Trains the network.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    /// <exception cref="DataSetException">There are no rows, no row has a labelled pixel, a row has no image or one that cannot be read, or a map that does not fit it.</exception>
    /// <exception cref="OptionException">Nothing names the classes.</exception>
    /// <exception cref="WeightsException">The weights to start from are not there, or not of this network.</exception>
    /// <exception cref="IrNetException">Training fails for another reason that the message gives.</exception>
    public DeepLabTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        using IChannel channel = _host.Start("Fit");
        using var monitor = new FitMonitor(_host, _environment, channel, "DeepLab training", _options.Cancellation, _options.Progress);
        int seed = ContextSettings.Seed(_environment) ?? _host.Rand.Next();
        string[] classes = DeepLabClasses.Require(_host, input.Schema, _options);

        torch.manual_seed(seed);
        DeepLabNetwork network = CreateNetwork(classes.Length, channel, monitor.Cancellation);
        try
        {
            using SemanticSpool training = Read(input, new SemanticClasses(classes, null), monitor);
            training.Describe(classes, _options.LabelColumnName, channel);
            using SemanticSpool? validation = _options.ValidationSet is { } held ? Read(held, ClassesOf(held, classes), monitor) : null;
            DeepLabTrainingOptions recipe = (_options.Training ?? DeepLabTrainingOptions.ForSet(training.Set.Photographs.Count, head: _options.Head) with { Validation = _options.Inference }) with
            {
                Device = DeviceChoice.Resolve(_environment, _host),
                Seed = seed,
            };
            TrainingResult? trained = monitor.IsCancelled ? null : DeepLabTrainer.Train(network, training.Set, recipe, validation?.Set, monitor, monitor.Cancellation);
            if (trained is not { Cancelled: false })
                channel.Warning("Cancelled: the network is as far as it got.");
            network.eval();
            return new DeepLabTransformer(_environment, network, classes, _options) { Losses = trained?.Losses ?? [] };
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The columns that a fitted transformer will add.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Check(inputSchema);
        return SchemaShapes.Add(inputSchema, DeepLabMap.Columns(_options));
    }

    private void Check(SchemaShape shape)
    {
        ColumnRule.Image.Require(_host, shape, _options.ImageColumnName);
        ColumnRule.SemanticMap.Require(_host, shape, _options.LabelColumnName);
    }

    private SemanticClasses ClassesOf(IDataView validation, string[] classes)
    {
        Check(SchemaShapes.Of(validation.Schema));
        return DeepLabClasses.In(_host, validation.Schema, _options, classes);
    }

    private DeepLabNetwork CreateNetwork(int classes, IChannel channel, CancellationToken cancellation) =>
        new StudentWeights(_options.Backbone, _options.BackboneWeights, _options.InitialWeights, _options.CustomBackbone).Create(
            backbone => new DeepLabNetwork(backbone, classes, _options.Head, _options.Auxiliary, _options.HeadNormalisation), DeepLabWeights.Load, channel, cancellation);

    private SemanticSpool Read(IDataView input, SemanticClasses classes, FitMonitor monitor)
    {
        DataViewSchema.Column image = input.Schema[_options.ImageColumnName], label = input.Schema[_options.LabelColumnName];
        long[] pixels = new long[LabelMap.Void + 1];
        PhotographSpool photographs = PhotographSpool.Fill(ContextSettings.TemporaryFolder(_environment), _host, monitor, input, [image, label], row =>
        {
            var images = new ImageColumn(row, image.Index);
            Func<byte[]> labels = Getters.Read<byte>(row, label.Index);
            return () =>
            {
                (long position, RgbImage photograph) = (row.Position, images.Read());
                LabelMap map = Map(labels(), photograph, classes, $"row {position}, column '{label.Name}'");
                return (photograph, spool => Add(spool, position, photograph, map));
            };
        });
        return new SemanticSpool(photographs, pixels);

        void Add(PhotographSpool spool, long position, RgbImage photograph, LabelMap map)
        {
            foreach (byte value in map.Labels)
                pixels[value]++;
            spool.Add(position, photograph, [], map);
        }
    }

    private static LabelMap Map(byte[] labels, RgbImage photograph, SemanticClasses classes, string subject) => labels.Length == photograph.Height * photograph.Width
        ? new LabelMap(photograph.Height, photograph.Width, classes.Predicted(labels, subject).Labels)
        : throw new DataSetException(subject,
            $"holds a map of {labels.Length} pixels, but the photograph has {photograph.Height} x {photograph.Width} = {photograph.Height * photograph.Width}; give maps of the photographs' size.");
}
