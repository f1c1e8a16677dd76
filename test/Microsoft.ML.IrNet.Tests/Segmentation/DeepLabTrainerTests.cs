using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Training;
using Microsoft.ML.IrNet.Training;
using TorchSharp;
using TinyNetworks = Microsoft.ML.IrNet.Tests.Training.TinyNetworks;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

[Collection("torch")]
[KeptTensors]
public sealed class DeepLabTrainerTests
{
    [Theory]
    [InlineData(DeepLabHead.V3)]
    [InlineData(DeepLabHead.V2)]
    public void Loss_falls_and_maps_beat_a_constant_one(DeepLabHead head)
    {
        using DeepLabNetwork network = TinyDeepLab.Network(head: head);
        var images = new ToyImages(12);
        var seen = new Recorder();
        DeepLabTrainer.Train(network, TinyDeepLab.Set(images), TinyDeepLab.Recipe with { Steps = 60, LearningRate = 0.05 }, progress: seen);

        Assert.True(seen.Loss(50..60) < 0.5 * seen.Loss(0..5), $"{seen.Loss(0..5)} to {seen.Loss(50..60)}");
        Assert.All(seen.Reports, report => Assert.Equal(report.Losses[0].Value, report.Losses[1].Value + 0.5 * report.Losses[2].Value, 1e-4));
        Assert.Equal(["loss", "main", "auxiliary"], seen.Reports[0].Losses.Select(loss => loss.Key));
        Assert.False(network.training);

        using var mapper = new DeepLabMapper(network, TinyDeepLab.Recipe.Validation);
        SemanticEvaluator learned = new(2), constant = new(2);
        for (int i = 0; i < images.Count; i++)
        {
            learned.Add(images.Labels(i), mapper.Compute(images.Load(i)));
            constant.Add(images.Labels(i), new LabelMap(48, 48, new byte[48 * 48]));
        }
        (double reached, double least) = (learned.Compute().MeanIoU, constant.Compute().MeanIoU);
        Assert.True(reached > least + 0.1, $"{reached} is hardly more than {least}");
    }

    [Fact]
    public void Validation_is_reported_each_epoch_and_the_best_weights_are_kept()
    {
        using DeepLabNetwork network = TinyDeepLab.Network();
        SemanticSet set = TinyDeepLab.Set(new ToyImages(8));
        var seen = new Recorder();
        TrainingResult result = DeepLabTrainer.Train(network, set, TinyDeepLab.Recipe with { Steps = null, Epochs = 3 }, set, seen);

        Assert.Equal([false, true, false, true, false, true], seen.Reports.Select(report => report.Validation is not null));
        Assert.Equal(seen.Reports.Max(report => report.Validation), result.BestScore);
        using var mapper = new DeepLabMapper(network, TinyDeepLab.Recipe.Validation);
        var evaluator = new SemanticEvaluator(2);
        for (int i = 0; i < 8; i++)
            evaluator.Add(set.Maps(i), mapper.Compute(set.Photographs.Load(i)));
        Assert.Equal(result.BestScore!.Value, evaluator.Compute().MeanIoU, 9);
    }

    [Fact]
    public void A_cancelled_run_resumes_and_ends_with_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        SemanticSet set = TinyDeepLab.Set(new ToyImages(6, 32));
        DeepLabTrainingOptions options = TinyDeepLab.Recipe with { Steps = null, Epochs = 2, BatchSize = 2, CropSize = 32, BaseSize = 32, Validation = new() { ShorterSide = 32 } };
        using DeepLabNetwork whole = TinyDeepLab.Network();
        DeepLabTrainer.Train(whole, set, options, set);

        using DeepLabNetwork first = TinyDeepLab.Network();
        using var cancel = new CancellationTokenSource();
        DeepLabTrainingOptions kept = options with { CheckpointDirectory = folder.Root };
        TrainingResult stopped = DeepLabTrainer.Train(first, set, kept, set, new Recorder(report =>
        {
            if (report.Step == 4)
                cancel.Cancel();
        }), cancel.Token);
        Assert.Equal((4L, true), (stopped.Steps, stopped.Cancelled));

        using DeepLabNetwork second = TinyDeepLab.Network(seed: 8);
        Assert.Equal((6L, false), DeepLabTrainer.Train(second, set, kept, set) is var resumed ? (resumed.Steps, resumed.Cancelled) : default);
        Assert.Equal(TinyNetworks.Bytes(whole), TinyNetworks.Bytes(second));

        Assert.Equal("AuxiliaryWeight", Assert.Throws<OptionException>(() => DeepLabTrainer.Train(second, set, kept with { AuxiliaryWeight = 1 }, set)).Subject);
    }

    [Fact]
    public void Parts_of_a_batch_add_up_to_its_losses_and_gradients()
    {
        // Without dropout and with fixed statistics, parts change nothing.
        using DeepLabNetwork network = TinyDeepLab.Network(head: DeepLabHead.V2);
        network.eval();
        var images = new ToyImages(4);
        DeepLabSample[] samples = [.. Enumerable.Range(0, 4).Select(i => DeepLabAugmentation.Apply(
            images.Load(i), i == 1 ? Void(48) : images.Labels(i), TinyDeepLab.Recipe, new RandomStream(i)))];
        float[] whole = Gradients(null), parts = Gradients(1);
        Assert.Equal(whole.Length, parts.Length);
        Assert.InRange(whole.Zip(parts).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-4f * whole.Max(Math.Abs));

        float[] Gradients(int? part)
        {
            network.zero_grad();
            IReadOnlyList<KeyValuePair<string, float>> losses = DeepLabTrainer.Step(network, samples, TinyDeepLab.Recipe with { PartSize = part }, torch.CPU);
            return [.. losses.Select(loss => loss.Value), .. network.parameters().SelectMany(parameter => parameter.grad!.contiguous().data<float>().ToArray())];
        }
    }

    [Fact]
    public void A_batch_without_a_labelled_pixel_changes_nothing_and_training_goes_on()
    {
        using DeepLabNetwork network = TinyDeepLab.Network();
        var images = new ToyImages(2);
        byte[] before = TinyNetworks.Bytes(network);
        var seen = new Recorder();
        TrainingResult result = DeepLabTrainer.Train(network, new SemanticSet(images, _ => Void(48)), TinyDeepLab.Recipe, progress: seen);
        Assert.Equal(4, result.Steps);
        Assert.All(seen.Reports, report => Assert.All(report.Losses, loss => Assert.Equal(0, loss.Value)));
        Assert.Equal(before, TinyNetworks.Bytes(network));
    }

    [Fact]
    public void One_photograph_is_enough()
    {
        using DeepLabNetwork network = TinyDeepLab.Network();
        Assert.Equal(2, DeepLabTrainer.Train(network, TinyDeepLab.Set(new ToyImages(1)), TinyDeepLab.Recipe with { Steps = 2 }).Steps);
    }

    [Fact]
    public void A_map_of_another_size_and_a_strange_label_are_named_and_left_out()
    {
        using DeepLabNetwork network = TinyDeepLab.Network(classes: 1);
        var images = new ToyImages(3);
        TrainingResult result = DeepLabTrainer.Train(network, new SemanticSet(images, i => i == 2 ? Void(47) : images.Labels(i)), TinyDeepLab.Recipe);
        Assert.Equal(["toy1", "toy2"], result.Unreadable.Select(photograph => photograph.Name).Order());
        Assert.Contains("label 2", result.Unreadable.Single(photograph => photograph.Name == "toy1").Error.Message, StringComparison.Ordinal);
        Assert.Contains("47 x 47", result.Unreadable.Single(photograph => photograph.Name == "toy2").Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_do_not_pile_up()
    {
        using DeepLabNetwork network = TinyDeepLab.Network();
        SemanticSet set = TinyDeepLab.Set(new ToyImages(6));
        DeepLabTrainer.Train(network, set, TinyDeepLab.Recipe with { Steps = 1 }, set);
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        long first = 0, last = 0;
        DeepLabTrainer.Train(network, set, TinyDeepLab.Recipe with { Steps = 6 }, set, new Recorder(report =>
        {
            last = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
            first = report.Step == 1 ? last : first;
        }));
        Assert.Equal(first, last);
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    public static TheoryData<DeepLabTrainingOptions, string> BadOptions => new()
    {
        { new() { CropSize = 16 }, "CropSize" },
        { new() { BaseSize = 0 }, "BaseSize" },
        { new() { ScaleMin = 0 }, "ScaleMin" },
        { new() { ScaleMax = 0.1 }, "ScaleMax" },
        { new() { PolyPower = -1 }, "PolyPower" },
        { new() { AuxiliaryWeight = double.NaN }, "AuxiliaryWeight" },
        { new() { AuxiliaryLearningRateFactor = 0 }, "AuxiliaryLearningRateFactor" },
        { new() { FlipProbability = 2 }, "FlipProbability" },
        { new() { Validation = new() { ShorterSide = -1 } }, "ShorterSide" },
        { new() { Validation = new() { MaximumPixels = 0 } }, "MaximumPixels" },
    };

    [Theory]
    [MemberData(nameof(BadOptions), DisableDiscoveryEnumeration = true)]
    public void Bad_options_are_named(DeepLabTrainingOptions options, string name) =>
        Assert.Equal(name, Assert.Throws<OptionException>(options.Validate).Subject);

    [Fact]
    public void The_recipe_is_scaled_to_a_set()
    {
        Assert.Equal((18_000, 0.01), (DeepLabTrainingOptions.ForSet(10_582).Steps, DeepLabTrainingOptions.ForSet(10_582).LearningRate));
        Assert.Equal((36_000, 0.005), (DeepLabTrainingOptions.ForSet(10_582, 2).Steps, DeepLabTrainingOptions.ForSet(10_582, 2).LearningRate));
        Assert.Equal(500, DeepLabTrainingOptions.ForSet(10).Steps);
    }

    private static LabelMap Void(int size) => new(size, size, [.. Enumerable.Repeat(LabelMap.Void, size * size)]);
}
