using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Training;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Training;

[Collection("torch")]
public class CamTrainerTests
{
    private static readonly CamTrainingOptions Recipe = new()
    {
        Steps = 4,
        BatchSize = 4,
        CropSize = 48,
        ResizeLongMin = 40,
        ResizeLongMax = 56,
        LearningRate = 0.02,
        Momentum = 0.9,
    };

    [Fact]
    public void Loss_falls_on_a_problem_that_can_be_learnt()
    {
        using CamNetwork network = TinyNetworks.Cam(normalisation: Normalisation.BatchNorm);
        var seen = new Recorder();
        TrainingResult result = CamTrainer.Train(network, new ToyImages(12), Recipe with { Steps = 40 }, seen);

        Assert.False(result.Cancelled);
        Assert.Equal(40, result.Steps);
        Assert.Equal(40, seen.Reports.Count);
        Assert.True(seen.Loss(30..40) < 0.7 * seen.Loss(0..5), $"{seen.Loss(0..5)} to {seen.Loss(30..40)}");
        Assert.False(network.training);
    }

    [Fact]
    public void Progress_tells_epoch_step_and_published_rate()
    {
        using CamNetwork network = TinyNetworks.Cam();
        var seen = new Recorder();
        CamTrainer.Train(network, new ToyImages(9), Recipe with { Steps = null, Epochs = 3 }, seen);

        Assert.Equal([0, 0, 1, 1, 2, 2], seen.Reports.Select(report => report.Epoch));
        Assert.All(seen.Reports, report => Assert.Equal((3, 6L), (report.Epochs, report.Steps)));
        Assert.Equal([1, 2, 3, 4, 5, 6], seen.Reports.Select(report => report.Step));
        for (int step = 0; step < 6; step++)
            Assert.Equal(0.02 * Math.Pow(1 - step / 6.0, 0.9), seen.Reports[step].LearningRate, 12);
    }

    [Fact]
    public void Frozen_stages_stay_as_they_are_and_the_others_do_not()
    {
        using CamNetwork network = TinyNetworks.Cam(frozenStages: 3);
        Dictionary<string, float[]> before = Values(network);
        CamTrainer.Train(network, new ToyImages(8), Recipe with { Steps = 2 });
        Dictionary<string, float[]> after = Values(network);
        foreach (string name in before.Keys.Where(name => !name.Contains("running_") && !name.EndsWith("bias")))
        {
            bool frozen = name.Contains(".conv1.weight") && !name.Contains("layer") || name.Contains("backbone.bn1") || name.Contains("layer1") || name.Contains("layer2");
            Assert.True(frozen == before[name].SequenceEqual(after[name]), $"{name} frozen: {frozen}");
        }
    }

    [Fact]
    public void Same_seed_gives_the_same_weights_and_another_seed_others()
    {
        byte[] Train(int seed)
        {
            using CamNetwork network = TinyNetworks.Cam();
            CamTrainer.Train(network, new ToyImages(9), Recipe with { Seed = seed });
            return TinyNetworks.Bytes(network);
        }
        byte[] first = Train(1);
        Assert.Equal(first, Train(1));
        Assert.NotEqual(first, Train(2));
    }

    [Fact]
    public void Tensors_do_not_pile_up()
    {
        using CamNetwork network = TinyNetworks.Cam();
        CamTrainer.Train(network, new ToyImages(6), Recipe with { Steps = 1 });
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        long during = 0;
        CamTrainer.Train(network, new ToyImages(6), Recipe with { Steps = 3 },
            new Recorder(report => during = report.Step == 1 ? DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount : during));
        long atThird = 0;
        CamTrainer.Train(network, new ToyImages(6), Recipe with { Steps = 8 },
            new Recorder(report => atThird = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount));
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
        Assert.Equal(during, atThird);
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(1, 4)]
    public void Fewer_photographs_than_a_batch_make_a_smaller_one(int photographs, int batch)
    {
        using CamNetwork network = TinyNetworks.Cam();
        TrainingResult result = CamTrainer.Train(network, new ToyImages(photographs), Recipe with { Steps = null, Epochs = 2, BatchSize = batch });
        Assert.Equal(2, result.Steps);
    }

    [Fact]
    public void One_class_is_enough()
    {
        using CamNetwork network = TinyNetworks.Cam(classes: 1);
        TrainingResult result = CamTrainer.Train(network, new OneTag(new ToyImages(4)), Recipe with { Steps = 2 });
        Assert.Equal(2, result.Steps);
    }

    [Fact]
    public void An_unreadable_photograph_is_reported_once_and_left_out()
    {
        using CamNetwork network = TinyNetworks.Cam();
        var told = new List<string>();
        var images = new ToyImages(8) { Broken = [2, 5] };
        TrainingResult result = CamTrainer.Train(network, images, Recipe with { Steps = null, Epochs = 3, OnUnreadable = photograph => told.Add(photograph.Name) });
        Assert.Equal(6, result.Steps);
        Assert.Equal(["toy2", "toy5"], told.Order());
        Assert.Equal(told, result.Unreadable.Select(photograph => photograph.Name));
        Assert.All(result.Unreadable, photograph => Assert.IsType<ImageFileException>(photograph.Error));
    }

    [Fact]
    public void Strict_ends_at_an_unreadable_photograph()
    {
        using CamNetwork network = TinyNetworks.Cam();
        var error = Assert.Throws<TrainingException>(() => CamTrainer.Train(network, new ToyImages(4) { Broken = [3] }, Recipe with { Strict = true }));
        Assert.Equal("toy3", error.Subject);
    }

    [Fact]
    public void Nothing_readable_is_an_error()
    {
        using CamNetwork network = TinyNetworks.Cam();
        var error = Assert.Throws<TrainingException>(() => CamTrainer.Train(network, new ToyImages(2) { Broken = [0, 1] }, Recipe));
        Assert.Contains("none of the 2 photographs could be read", error.Message);
        Assert.Throws<TrainingException>(() => CamTrainer.Train(network, new ToyImages(0), Recipe));
    }

    [Fact]
    public void An_error_of_the_image_source_comes_out_as_it_is()
    {
        using CamNetwork network = TinyNetworks.Cam();
        var images = new ToyImages(4) { OnLoad = _ => throw new InvalidOperationException("mine") };
        Assert.Equal("mine", Assert.Throws<InvalidOperationException>(() => CamTrainer.Train(network, images, Recipe)).Message);
    }

    [Fact]
    public void A_tag_without_a_class_names_the_photograph()
    {
        using CamNetwork network = TinyNetworks.Cam(classes: 1);
        Assert.Equal("toy1", Assert.Throws<DataSetException>(() => CamTrainer.Train(network, new ToyImages(4), Recipe)).Subject);
    }

    [Fact]
    public void A_loss_that_is_no_number_names_step_and_photographs()
    {
        using CamNetwork network = TinyNetworks.Cam();
        using (torch.no_grad())
            network.ClassifierParameters.First().copy_(torch.tensor(float.NaN));
        var error = Assert.Throws<TrainingException>(() => CamTrainer.Train(network, new ToyImages(1), Recipe));
        Assert.Equal("CAM training, step 1", error.Subject);
        Assert.Contains("toy0", error.Message);
    }

    [Fact]
    public void Cancelling_returns_the_network_as_far_as_it_got()
    {
        using CamNetwork network = TinyNetworks.Cam();
        using var cancel = new CancellationTokenSource();
        byte[] before = TinyNetworks.Bytes(network);
        TrainingResult result = CamTrainer.Train(network, new ToyImages(8), Recipe with { Steps = 50 }, new Recorder(report =>
        {
            if (report.Step == 2)
                cancel.Cancel();
        }), cancel.Token);
        Assert.True(result.Cancelled);
        Assert.Equal(2, result.Steps);
        Assert.NotEqual(before, TinyNetworks.Bytes(network));
    }

    public static TheoryData<CamTrainingOptions, string> BadOptions => new()
    {
        { Recipe with { Epochs = 0 }, "Epochs" },
        { Recipe with { Steps = 0 }, "Steps" },
        { Recipe with { BatchSize = 0 }, "BatchSize" },
        { Recipe with { LearningRate = double.NaN }, "LearningRate" },
        { Recipe with { Momentum = 1 }, "Momentum" },
        { Recipe with { WeightDecay = -1 }, "WeightDecay" },
        { Recipe with { GradientClip = 0 }, "GradientClip" },
        { Recipe with { CropSize = 50 }, "CropSize" },
        { Recipe with { ResizeLongMin = 60 }, "ResizeLongMax" },
        { Recipe with { ClassifierLearningRateFactor = 0 }, "ClassifierLearningRateFactor" },
    };

    [Theory]
    [MemberData(nameof(BadOptions), DisableDiscoveryEnumeration = true)]
    public void Bad_options_are_named(CamTrainingOptions options, string name) =>
        Assert.Equal(name, Assert.Throws<OptionException>(options.Validate).Subject);

    private static Dictionary<string, float[]> Values(torch.nn.Module network)
    {
        using var scope = torch.NewDisposeScope();
        return network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.data<float>().ToArray());
    }

    private sealed class OneTag(ToyImages images) : ITaggedImages
    {
        public int Count => images.Count;

        public string Name(int index) => images.Name(index);

        public IReadOnlyList<int> Tags(int index) => [0];

        public RgbImage Load(int index) => images.Load(index);
    }
}
