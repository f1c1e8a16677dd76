using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Training;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>Trains Mask R-CNN on instances: pseudo labels or drawn ones (paper section 5: "the pseudo labels train a fully supervised model").</summary>
/// <remarks>
/// <para>Input columns: Image (MLImage), PredictedLabel, PredictedMasks, and where they are there PredictedBoundingBoxes and Score, as the instance pseudo labels have them. A row without instances is an example of background.</para>
/// <para>Output columns: those of <see cref="MaskRcnnTransformer"/>.</para>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>This estimator</description></listheader>
/// <item><term>Reads the data</term><description>once; decoded photographs are kept in a temporary file of MLContext.TempFilePath, 3 bytes a pixel, and memory stays flat</description></item>
/// <item><term>Device</term><description>MLContext.GpuDeviceId and FallbackToCpu</description></item>
/// <item><term>Random numbers</term><description>from the seed of the MLContext</description></item>
/// <item><term>Cancelling</term><description>by the options' token or the context; Fit then returns the best model so far</description></item>
/// </list>
/// </remarks>
public sealed class MaskRcnnEstimator : IEstimator<MaskRcnnTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly MaskRcnnEstimatorOptions _options;

    internal MaskRcnnEstimator(IHostEnvironment environment, MaskRcnnEstimatorOptions options)
    {
        options.Validate();
        (_environment, _host, _options) = (environment, environment.Register(nameof(MaskRcnnEstimator)), options);
    }

    /// <summary>Trains the network.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    /// <exception cref="DataSetException">There are no rows, no row has an instance, a row has no image or one that cannot be read, or instances that do not fit it.</exception>
    /// <exception cref="WeightsException">The weights to start from are not there, or not of this network.</exception>
    /// <exception cref="IrNetException">Training fails for another reason that the message gives.</exception>
    public MaskRcnnTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        using IChannel channel = _host.Start("Fit");
        using var monitor = new FitMonitor(_host, _environment, channel, "Mask R-CNN training", _options.Cancellation, _options.Progress);
        int seed = ContextSettings.Seed(_environment) ?? _host.Rand.Next();
        string[] classes = ClassAnnotations.Read(input.Schema[_options.LabelColumnName], ClassAnnotations.KeyValues);

        torch.manual_seed(seed);
        MaskRcnnNetwork network = CreateNetwork(classes.Length, channel, monitor.Cancellation);
        try
        {
            using InstanceSpool training = Read(input, classes, monitor);
            using InstanceSpool? validation = _options.ValidationSet is { } held ? Read(held, classes, monitor) : null;
            training.Describe(classes, channel);
            MaskRcnnTrainingOptions recipe = (_options.Training ?? MaskRcnnTrainingOptions.ForSet(training.Set.Photographs.Count)) with
            {
                Device = DeviceChoice.Resolve(_environment, _host),
                Seed = seed,
            };
            TrainingResult? trained = monitor.IsCancelled ? null : MaskRcnnTrainer.Train(network, training.Set, recipe, validation?.Set, monitor, monitor.Cancellation);
            if (trained is not { Cancelled: false })
                channel.Warning("Cancelled: the network is as far as it got.");
            network.eval();
            return new MaskRcnnTransformer(_environment, network, classes, _options) { Losses = trained?.Losses ?? [] };
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
        ColumnRule.Image.Require(_host, inputSchema, _options.ImageColumnName);
        InstanceColumns.Check(_host, inputSchema, _options.Columns(inputSchema.Any(column => column.Name == _options.LabelScoreColumnName)));
        // A shape has kinds of columns, not sizes: any class will do.
        return SchemaShapes.Add(inputSchema, MaskRcnnMap.Columns(_options, ["class"]).Select(output => output.Column));
    }

    private MaskRcnnNetwork CreateNetwork(int classes, IChannel channel, CancellationToken cancellation) =>
        new StudentWeights(_options.Backbone, _options.BackboneWeights, _options.InitialWeights, _options.CustomBackbone).Create(
            backbone => new MaskRcnnNetwork(backbone, classes, _options.Channels), MaskRcnnWeights.Load, channel, cancellation);

    private InstanceSpool Read(IDataView input, string[] classes, FitMonitor monitor)
    {
        InstanceColumnOptions columns = _options.Columns(input.Schema.GetColumnOrNull(_options.LabelScoreColumnName) is not null);
        InstanceColumns.Check(_host, SchemaShapes.Of(input.Schema), columns);
        DataViewSchema.Column image = input.Schema[_options.ImageColumnName];
        var instances = new List<IReadOnlyList<InstanceLabel>>();
        DataViewSchema.Column[] read = [image, .. InstanceColumns.Needed(input.Schema, columns)];
        PhotographSpool photographs = PhotographSpool.Fill(ContextSettings.TemporaryFolder(_environment), _host, monitor, input, read, row =>
        {
            var images = new ImageColumn(row, image.Index);
            var labels = new InstanceColumns(row, columns, classes);
            return () =>
            {
                (long position, RgbImage photograph) = (row.Position, images.Read());
                IReadOnlyList<InstanceLabel> found = labels.Read(photograph.Height, photograph.Width);
                return (photograph, spool => Add(spool, position, photograph, found));
            };
        });
        return new InstanceSpool(photographs, instances);

        void Add(PhotographSpool spool, long position, RgbImage photograph, IReadOnlyList<InstanceLabel> found)
        {
            spool.Add(position, photograph, []);
            instances.Add(found);
        }
    }
}
