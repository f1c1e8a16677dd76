using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Training;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Training;

[Collection("torch")]
public class IrNetTrainerTests
{
    private static readonly IrNetTrainingOptions Recipe = new()
    {
        Steps = 3,
        BatchSize = 2,
        CropSize = 48,
        Radius = 4,
        ScaleMin = 0.8,
        ScaleMax = 1.2,
        LearningRate = 0.01,
        Momentum = 0.9,
        Canvas = 48,
    };

    [Fact]
    public void Losses_fall_on_masks_that_can_be_learnt()
    {
        using IrNetwork network = TinyNetworks.IrNet();
        var images = new ToyImages(6);
        var seen = new Recorder();
        TrainingResult result = IrNetTrainer.Train(network, images, images.Labels, Recipe with { Steps = 25 }, seen);

        Assert.Equal((25L, false), (result.Steps, result.Cancelled));
        Assert.Equal(["loss", "positive", "negative", "displacement foreground", "displacement background"], seen.Reports[0].Losses.Select(loss => loss.Key));
        Assert.True(seen.Loss(20..25) < 0.8 * seen.Loss(0..3), $"{seen.Loss(0..3)} to {seen.Loss(20..25)}");
        Assert.False(network.training);
    }

    [Fact]
    public void Only_the_branches_and_the_mean_displacement_change()
    {
        using IrNetwork network = TinyNetworks.IrNet();
        Dictionary<string, float[]> before = Values(network);
        IrNetTrainer.Train(network, new ToyImages(3), new ToyImages(3).Labels, Recipe);
        foreach ((string name, float[] after) in Values(network))
            Assert.True(name.StartsWith("backbone.", StringComparison.Ordinal) == after.SequenceEqual(before[name]), name);
    }

    [Fact]
    public void Mean_displacement_is_taken_over_real_pixels_whatever_was_stored_before()
    {
        using IrNetwork network = TinyNetworks.IrNet();
        using (torch.no_grad())
            network.MeanDisplacement.copy_(torch.tensor(100f));
        var images = new Sizes([(30, 48), (48, 20), (64, 80)]);
        IrNetTrainer.Train(network, images, index => new LabelMap(images.Of(index).H, images.Of(index).W, new byte[images.Of(index).H * images.Of(index).W]), Recipe with { Steps = 1 });
        float[] mean = network.MeanDisplacement.data<float>().ToArray();

        using (torch.no_grad())
            network.MeanDisplacement.zero_();
        using var mapper = new BoundaryDisplacementMapper(network, new IrNetInferenceOptions { Canvas = 48 });
        (double y, double x, int cells) = (0, 0, 0);
        for (int i = 0; i < images.Count; i++)
        {
            BoundaryDisplacement maps = mapper.Compute(images.Load(i));
            int count = maps.Rows * maps.Columns;
            y += maps.Displacement.Take(count).Sum(value => (double)value);
            x += maps.Displacement.Skip(count).Sum(value => (double)value);
            cells += count;
        }
        Assert.Equal(y / cells, mean[0], 1e-5);
        Assert.Equal(x / cells, mean[1], 1e-5);
    }

    [Fact]
    public void Published_mean_displacement_needs_no_whole_batch()
    {
        using IrNetwork network = TinyNetworks.IrNet();
        IrNetTrainer.Train(network, new ToyImages(2), new ToyImages(2).Labels, Recipe with { BatchSize = 5, MeanDisplacement = MeanDisplacementKind.PaddedBatches });
        float[] mean = network.MeanDisplacement.data<float>().ToArray();
        Assert.All(mean, value => Assert.True(float.IsFinite(value) && value != 0));
    }

    [Fact]
    public void Same_seed_gives_the_same_weights()
    {
        byte[] Train()
        {
            using IrNetwork network = TinyNetworks.IrNet();
            IrNetTrainer.Train(network, new ToyImages(5), new ToyImages(5).Labels, Recipe);
            return TinyNetworks.Bytes(network);
        }
        Assert.Equal(Train(), Train());
    }

    [Fact]
    public void Tensors_do_not_pile_up()
    {
        using IrNetwork network = TinyNetworks.IrNet();
        IrNetTrainer.Train(network, new ToyImages(3), new ToyImages(3).Labels, Recipe with { Steps = 1 });
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        IrNetTrainer.Train(network, new ToyImages(3), new ToyImages(3).Labels, Recipe with { Steps = 4 });
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Losses_on_tensors_leave_the_same_gradients()
    {
        using IrNetwork network = TinyNetworks.IrNet();
        using var frozen = new InferenceBackbone(network.Backbone);
        var images = new ToyImages(2);
        IrNetSample[] samples = [.. Enumerable.Range(0, 2).Select(i => Augmentation.ForIrNet(images.Load(i), images.Labels(i), Recipe, new RandomStream(i)))];
        torch.Tensor input = BatchTensor.Of([.. samples.Select(sample => sample.Pixels)], Recipe.CropSize, Recipe.CropSize, torch.CPU);
        (double expected, float[] gradients) = Backward(new AffinityDisplacementLoss(Recipe.Radius).Compute);
        (double actual, float[] onTensors) = Backward(new TensorAffinityDisplacementLoss(Recipe.Radius).Compute);
        Assert.Equal(expected, actual, 1e-5);
        double tolerance = 1e-5 * gradients.Max(Math.Abs);
        for (int i = 0; i < gradients.Length; i++)
            Assert.Equal(gradients[i], onTensors[i], tolerance);

        (double Total, float[] Gradients) Backward(BatchLoss loss)
        {
            network.train();
            network.zero_grad();
            double total = IrNetTrainer.Backward(network, frozen.Backbone, loss, input, [.. samples.SelectMany(sample => sample.ReducedLabels)]).Total;
            return (total, [.. network.parameters().Where(parameter => parameter.grad is not null).SelectMany(parameter => parameter.grad!.data<float>().ToArray())]);
        }
    }

    [Fact]
    public void Labels_of_another_size_leave_the_photograph_out()
    {
        using IrNetwork network = TinyNetworks.IrNet();
        var images = new ToyImages(4);
        TrainingResult result = IrNetTrainer.Train(network, images, index => index == 1 ? new LabelMap(5, 5, new byte[25]) : images.Labels(index), Recipe with { Steps = 4 });
        UnreadablePhotograph left = Assert.Single(result.Unreadable);
        Assert.Equal("toy1", left.Name);
        Assert.IsType<DataSetException>(left.Error);
    }

    [Fact]
    public void One_photograph_and_one_with_nothing_labelled_are_enough()
    {
        using IrNetwork network = TinyNetworks.IrNet();
        byte[] nothing = new byte[48 * 48];
        Array.Fill(nothing, LabelMap.Void);
        TrainingResult result = IrNetTrainer.Train(network, new ToyImages(1), _ => new LabelMap(48, 48, nothing), Recipe with { Steps = null, Epochs = 2, BatchSize = 8 });
        Assert.Equal(2, result.Steps);
        Assert.All(network.parameters(), parameter => Assert.False(parameter.isnan().any().item<bool>()));
    }

    [Fact]
    public void Cancelling_returns_before_the_mean_displacement()
    {
        using IrNetwork network = TinyNetworks.IrNet();
        using (torch.no_grad())
            network.MeanDisplacement.copy_(torch.tensor(3f));
        using var cancel = new CancellationTokenSource();
        TrainingResult result = IrNetTrainer.Train(network, new ToyImages(4), new ToyImages(4).Labels, Recipe with { Steps = 20 }, new Recorder(_ => cancel.Cancel()), cancel.Token);
        Assert.Equal((1L, true), (result.Steps, result.Cancelled));
        Assert.Equal([0f, 0f], network.MeanDisplacement.data<float>().ToArray());
    }

    [Theory]
    [InlineData(1, 48, "Radius")]
    [InlineData(8, 48, "Radius")]
    [InlineData(4, 40, "CropSize")]
    public void Radius_and_crop_must_fit(int radius, int crop, string option) =>
        Assert.Equal(option, Assert.Throws<OptionException>((Recipe with { Radius = radius, CropSize = crop }).Validate).Subject);

    private static Dictionary<string, float[]> Values(torch.nn.Module network)
    {
        using var scope = torch.NewDisposeScope();
        return network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.data<float>().ToArray());
    }

    private sealed class Sizes((int H, int W)[] sizes) : ITaggedImages
    {
        public int Count => sizes.Length;

        public (int H, int W) Of(int index) => sizes[index];

        public string Name(int index) => $"size{index}";

        public IReadOnlyList<int> Tags(int index) => [];

        public RgbImage Load(int index)
        {
            byte[] pixels = new byte[sizes[index].H * sizes[index].W * 3];
            new Random(index).NextBytes(pixels);
            return new RgbImage(sizes[index].H, sizes[index].W, pixels);
        }
    }
}
