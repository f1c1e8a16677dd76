using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Training;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>
/// Learns class boundaries and displacement fields from the pixels that class activation maps are sure about (paper section 4).
/// </summary>
/// <remarks>
/// <para>Input columns: Image (MLImage); for Fit also Tags (a vector of Key&lt;UInt32&gt; with KeyValues) and CamFullResolution (a vector of Single), which <see cref="CamTransformer"/> puts out.</para>
/// <para>Output columns: those of <see cref="IrNetTransformer"/>.</para>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>This estimator</description></listheader>
/// <item><term>Reads the data</term><description>once, with one pass of the classifier; decoded photographs and their interpixel labels are kept in a temporary file of MLContext.TempFilePath, 4 bytes a pixel, and memory stays flat</description></item>
/// <item><term>Device</term><description>MLContext.GpuDeviceId and FallbackToCpu</description></item>
/// <item><term>Random numbers</term><description>from the seed of the MLContext</description></item>
/// <item><term>Cancelling</term><description>by the options' token or the context; Fit then returns the model as far as it got</description></item>
/// </list>
/// </remarks>
public sealed class IrNetEstimator : IEstimator<IrNetTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly IrNetEstimatorOptions _options;

    internal IrNetEstimator(IHostEnvironment environment, IrNetEstimatorOptions options) =>
        (_environment, _host, _options) = (environment, environment.Register(nameof(IrNetEstimator)), options);

    /// <summary>Makes interpixel labels and trains both branches on them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    /// <exception cref="DataSetException">There are no rows, or a row has no image, one that cannot be read, or maps of another size.</exception>
    /// <exception cref="WeightsException">The backbone's weights are not there, or not of this backbone.</exception>
    /// <exception cref="IrNetException">Training fails for another reason that the message gives.</exception>
    public IrNetTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        using IChannel channel = _host.Start("Fit");
        using var monitor = new FitMonitor(_host, _environment, channel, "IRNet training", _options.Cancellation);
        torch.Device device = DeviceChoice.Resolve(_environment, _host);
        int seed = ContextSettings.Seed(_environment) ?? _host.Rand.Next();
        // What is wrong with the options shows before hours of activation maps.
        Recipe(photographs: 1).Validate();

        torch.manual_seed(seed);
        var network = new IrNetwork(
            BackboneSource.Create(_options.Backbone, _options.BackboneWeights, _options.CustomBackbone, channel, monitor.Cancellation));
        try
        {
            using PhotographSpool photographs = Read(input, monitor);
            channel.Info($"{photographs.Count} photographs with interpixel labels.");
            IrNetTrainingOptions training = Recipe(photographs.Count) with { Device = device, Seed = seed };
            if (monitor.IsCancelled || IrNetTrainer.Train(network, photographs, photographs.LoadLabels, training, monitor, monitor.Cancellation).Cancelled)
                channel.Warning("Cancelled: boundaries and displacements are as far as they got.");
            return new IrNetTransformer(_environment, network, _options);
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
        ColumnRule.Tags.Require(_host, inputSchema, _options.TagsColumnName);
        ColumnRule.Maps.Require(_host, inputSchema, _options.CamFullResolutionColumnName);
        return SchemaShapes.Add(inputSchema, IrNetMap.Columns(_options));
    }

    private IrNetTrainingOptions Recipe(int photographs)
    {
        IrNetTrainingOptions training = _options.Training ?? IrNetTrainingOptions.For(photographs, _options.Epochs);
        if (_options.Epochs is { } epochs)
            training = training with { Epochs = epochs, Steps = null };
        return training with { BatchSize = _options.BatchSize ?? training.BatchSize };
    }

    private PhotographSpool Read(IDataView input, FitMonitor monitor)
    {
        DataViewSchema.Column image = input.Schema[_options.ImageColumnName], tags = input.Schema[_options.TagsColumnName];
        DataViewSchema.Column cam = input.Schema[_options.CamFullResolutionColumnName];
        return PhotographSpool.Fill(ContextSettings.TemporaryFolder(_environment), _host, monitor, input, [image, tags, cam], row =>
        {
            var images = new ImageColumn(row, image.Index);
            Func<uint[]> keys = Getters.Read<uint>(row, tags.Index);
            Func<float[]> maps = Getters.Read<float>(row, cam.Index);
            return () =>
            {
                (long position, RgbImage photograph, float[] cams) = (row.Position, images.Read(), maps());
                int[] present = Array.ConvertAll(keys(), key => (int)key - 1);
                return (photograph, spool => spool.Add(position, photograph, present, Label(position, photograph, cams, present)));
            };
        });
    }

    private LabelMap Label(long row, RgbImage photograph, float[] maps, int[] tags)
    {
        try
        {
            return InterPixelLabels.Compute(photograph, maps, tags, _options.Labels);
        }
        catch (ArgumentException error)
        {
            throw new DataSetException($"row {row}, column '{_options.CamFullResolutionColumnName}'",
                $"does not fit the row's tags and its photograph of {photograph.Height} x {photograph.Width} pixels ({error.Message}); take the columns as the CAM transformer puts them out.", error);
        }
    }
}
