using System.Globalization;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Training;
using Microsoft.ML.IrNet.Training;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Runs;

/// <summary>Numbers that are none, and numbers that say that nothing was learned.</summary>
[Collection("torch")]
public sealed class DoubtfulNumbersTests : IDisposable
{
    private static readonly Photograph Toy = new("toy", "toy.png", [0, 1]);

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _images = new();

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
    }

    [Fact]
    public void Maps_that_say_nothing_are_warned_about_by_name()
    {
        Assert.Empty(Warnings([0.5f, 0, 0, 1], [0.1f, 0.9f]));
        Assert.Contains("toy: the activation map of 'square' is zero everywhere", Assert.Single(Warnings([0.5f, 0, 0, 0], [0.1f, 0.9f])), StringComparison.Ordinal);
        Assert.Contains("toy: the class boundary map is 0.5 everywhere", Assert.Single(Warnings([0.5f, 0, 0, 1], [0.5f, 0.5f])), StringComparison.Ordinal);

        static string[] Warnings(float[] cam, float[] boundary) => MapWarnings.Of(Toy, new NetworkMaps(4, 8, 1, 2, [0, 1], cam, boundary, new float[4]), ToyData.Classes);
    }

    [Fact]
    public void A_classifier_that_learned_nothing_is_told_from_one_that_did()
    {
        Photograph[] photographs = [.. Enumerable.Range(0, 40).Select(i => new Photograph($"p{i}", "", [i % 2]))];
        ClassifierQuality knows = ClassifierQuality.Of(photographs, name => int.Parse(name[1..], CultureInfo.InvariantCulture) % 2 == 0 ? [0.9f, 0.1f] : [0.2f, 0.8f], 2);
        Assert.Equal(1, knows.AreaUnderRoc);
        Assert.Equal(1, knows.Metrics.Mean, precision: 9);
        Assert.Null(knows.Warning());
        ClassifierQuality constant = ClassifierQuality.Of(photographs, _ => [0.4f, 0.4f], 2);
        Assert.Equal(0.5, constant.AreaUnderRoc);
        Assert.Contains("learned nothing", constant.Warning(), StringComparison.Ordinal);
        // Where all photographs have the one class there is nothing to tell apart.
        Assert.Null(ClassifierQuality.Of([photographs[0], photographs[2]], _ => [0.4f], 1).Warning());
    }

    [Fact]
    public void A_run_says_so_in_its_log_and_its_report()
    {
        PhotographSet data = ToyData.Tagged(_images);
        var events = new RunEvents();
        // A rate so small that the weights stay random.
        LabellingRunOptions options = ToyData.Options(_folder.At("out"));
        options = options with { CamTraining = options.CamTraining! with { LearningRate = 1e-12 }, IrNetTraining = options.IrNetTraining! with { LearningRate = 1e-12 } };
        using LabellingRunResult result = LabellingRun.Execute(data, options, events);
        Assert.NotEmpty(result.Warnings);
        Assert.Equal(result.Warnings, events.Warnings);
        RunMetricsFile.Write(_folder.At("metrics.json"), result, data.Classes);
        Assert.Equal(result.Warnings, JsonFile.Read(_folder.At("metrics.json")).GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()));
        // Also where the work of before is found done.
        using LabellingRunResult again = LabellingRun.Execute(data, options, new RunEvents());
        Assert.Equal(result.Warnings, again.Warnings);
    }

    [Fact]
    public void Weights_that_are_no_numbers_end_a_pass_with_the_photograph_named()
    {
        PhotographSet data = ToyData.Tagged(_images, 2);
        using CamNetwork cam = Networks.TinyNetworks.Cam(2);
        using IrNetwork irNet = Networks.TinyNetworks.Ir();
        using (torch.no_grad())
        using (torch.Tensor first = cam.Backbone.parameters().First().flatten())
            first[0] = float.NaN;
        var model = new IrNet.Estimators.LabellerModel(cam, irNet, data.Classes, new IrNet.Estimators.LabellerOptions());
        var error = Assert.Throws<NumericException>(() => LabelPass.Execute(data, model, _folder.At("out"), new LabelPassOptions(), new RunEvents()));
        Assert.StartsWith("toy0, class scores", error.Subject, StringComparison.Ordinal);
        Assert.Contains("NaN", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_that_is_no_number_stops_training_with_step_files_and_last_good_state_named()
    {
        CamTrainingOptions options = new()
        {
            Epochs = 40,
            BatchSize = 2,
            CropSize = 32,
            ResizeLongMin = 30,
            ResizeLongMax = 40,
            // So that it runs away within a few steps.
            LearningRate = 1e18,
            CheckpointDirectory = _folder.Root,
            CheckpointInterval = TimeSpan.Zero,
        };
        using CamNetwork network = Training.TinyNetworks.Cam();
        string message = Assert.Throws<TrainingException>(() => CamTrainer.Train(network, new ToyImages(4, 32), options)).Message;
        Assert.Matches("CAM training, step [0-9]+: the (loss|gradient) is .* on toy[0-3], toy[0-3];.* The state of step [0-9]+, the last good one, is in ", message);
        // What is kept can be gone on with.
        Assert.All(SafeTensors.Read(Assert.Single(Directory.GetFiles(_folder.Root))).Values.Where(tensor => tensor.Type == StoredType.F32),
            tensor => Assert.All(tensor.ToSingle(), value => Assert.True(float.IsFinite(value))));
    }
}
