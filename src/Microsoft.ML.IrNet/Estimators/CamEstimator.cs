using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Training;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>
/// Learns a classifier from image-level tags, whose class activation maps show where the tagged classes are (paper section 3.1).
/// </summary>
/// <remarks>
/// <para>Input columns: Image (MLImage), Tags (a vector of Key&lt;UInt32&gt; with KeyValues, which name the classes). A row without tags is an example of none of the classes.</para>
/// <para>Output columns: those of <see cref="CamTransformer"/>.</para>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>This estimator</description></listheader>
/// <item><term>Reads the data</term><description>once; decoded photographs are kept in a temporary file of MLContext.TempFilePath, 3 bytes a pixel, and memory stays flat</description></item>
/// <item><term>Device</term><description>MLContext.GpuDeviceId and FallbackToCpu</description></item>
/// <item><term>Random numbers</term><description>from the seed of the MLContext</description></item>
/// <item><term>Cancelling</term><description>by the options' token or the context; Fit then returns the model as far as it got</description></item>
/// </list>
/// </remarks>
public sealed class CamEstimator : IEstimator<CamTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly CamEstimatorOptions _options;

    internal CamEstimator(IHostEnvironment environment, CamEstimatorOptions options)
    {
        options.Validate();
        (_environment, _host, _options) = (environment, environment.Register(nameof(CamEstimator)), options);
    }

    /// <summary>Trains the classifier.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    /// <exception cref="DataSetException">There are no rows, or a row has no image or one that cannot be read.</exception>
    /// <exception cref="WeightsException">The backbone's weights are not there, or not of this backbone.</exception>
    /// <exception cref="IrNetException">Training fails for another reason that the message gives.</exception>
    public CamTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        using IChannel channel = _host.Start("Fit");
        using var monitor = new FitMonitor(_host, _environment, channel, "CAM training", _options.Cancellation);
        torch.Device device = DeviceChoice.Resolve(_environment, _host);
        int seed = ContextSettings.Seed(_environment) ?? _host.Rand.Next();
        // What is wrong with the options shows before the photographs are read.
        Recipe(photographs: 1).Validate();
        string[] classes = ClassAnnotations.Read(input.Schema[_options.TagsColumnName], ClassAnnotations.KeyValues);

        torch.manual_seed(seed);
        Backbone backbone = BackboneSource.Create(_options.Backbone, _options.BackboneWeights, _options.CustomBackbone, channel, monitor.Cancellation);
        var network = new CamNetwork(backbone, classes.Length, _options.FrozenStages);
        try
        {
            using PhotographSpool photographs = Read(input, classes, monitor);
            channel.Info($"{photographs.Count} photographs, {classes.Length} classes.");
            CamTrainingOptions training = Recipe(photographs.Count) with { Device = device, Seed = seed };
            if (monitor.IsCancelled || CamTrainer.Train(network, photographs, training, monitor, monitor.Cancellation).Cancelled)
                channel.Warning("Cancelled: the classifier is as far as it got.");
            return new CamTransformer(_environment, network, classes, _options);
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
        CamMap.Check(_host, inputSchema, _options);
        ColumnRule.Tags.Require(_host, inputSchema, _options.TagsColumnName);
        // A shape has kinds of columns, not sizes: any class will do.
        return SchemaShapes.Add(inputSchema, CamMap.Columns(_options, ["class"]));
    }

    private CamTrainingOptions Recipe(int photographs)
    {
        CamTrainingOptions training = _options.Training ?? CamTrainingOptions.For(photographs, _options.Epochs);
        if (_options.Epochs is { } epochs)
            training = training with { Epochs = epochs, Steps = null };
        return training with { BatchSize = _options.BatchSize ?? training.BatchSize };
    }

    private PhotographSpool Read(IDataView input, string[] classes, FitMonitor monitor)
    {
        DataViewSchema.Column image = input.Schema[_options.ImageColumnName], tags = input.Schema[_options.TagsColumnName];
        return PhotographSpool.Fill(ContextSettings.TemporaryFolder(_environment), _host, monitor, input, [image, tags], row =>
        {
            var images = new ImageColumn(row, image.Index);
            var labels = new TagColumn(row, tags.Index, classes);
            return () =>
            {
                (long position, RgbImage photograph, int[] present) = (row.Position, images.Read(), labels.Read());
                return (photograph, spool => spool.Add(position, photograph, present));
            };
        });
    }
}
