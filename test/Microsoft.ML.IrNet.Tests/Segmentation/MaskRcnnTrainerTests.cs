using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Tests.Training;
using Microsoft.ML.IrNet.Training;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

[Collection("torch")]
public sealed class MaskRcnnTrainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("irnet-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_learns_to_find_and_outline_objects()
    {
        using MaskRcnnNetwork network = ToyInstances.Network();
        InstanceSet set = ToyInstances.Set(12);
        var seen = new Recorder();
        MaskRcnnTrainer.Train(network, set, ToyInstances.Training with { Steps = 120 }, progress: seen);
        Assert.True(seen.Loss(^10..) < 0.5 * seen.Loss(..10), $"{seen.Loss(..10)} to {seen.Loss(^10..)}");
        Assert.InRange(Measure(network, ToyInstances.Set(6)).AP50, 0.5, 1);
    }

    [Fact]
    public void A_cancelled_run_resumes_and_ends_with_the_same_weights()
    {
        InstanceSet set = ToyInstances.Set(4);
        using MaskRcnnNetwork whole = ToyInstances.Network();
        MaskRcnnTrainer.Train(whole, set, ToyInstances.Training);

        MaskRcnnTrainingOptions kept = ToyInstances.Training with { CheckpointDirectory = _folder };
        using MaskRcnnNetwork first = ToyInstances.Network();
        using var cancel = new CancellationTokenSource();
        TrainingResult stopped = MaskRcnnTrainer.Train(first, set, kept, progress: new Recorder(report =>
        {
            if (report.Step == 2)
                cancel.Cancel();
        }), cancellation: cancel.Token);
        Assert.Equal((2L, true), (stopped.Steps, stopped.Cancelled));

        using MaskRcnnNetwork second = ToyInstances.Network(seed: 8);
        Assert.Equal((4L, false), (MaskRcnnTrainer.Train(second, set, kept) is var resumed ? (resumed.Steps, resumed.Cancelled) : default));
        Assert.Equal(TinyNetworks.Bytes(whole), TinyNetworks.Bytes(second));
    }

    [Fact]
    public void With_a_validation_set_the_best_weights_stay_even_when_a_later_epoch_spoils_them()
    {
        InstanceSet set = ToyInstances.Set(4);
        var scores = new List<double>();
        using MaskRcnnNetwork network = ToyInstances.Network();
        TrainingResult result = MaskRcnnTrainer.Train(network, set, ToyInstances.Training with { Steps = 40 }, ToyInstances.Set(3), new Recorder(report =>
        {
            if (report.Validation is { } score)
                scores.Add(score);
        }));
        Assert.Equal(20, scores.Count);
        Assert.Equal(scores.Max(), result.BestScore);
        Assert.Equal(result.BestScore!.Value, Measure(network, ToyInstances.Set(3)).AP, 1e-6);
    }

    [Fact]
    public void A_resumed_run_knows_the_best_weights_of_before()
    {
        MaskRcnnTrainingOptions kept = ToyInstances.Training with { Steps = 6, CheckpointDirectory = _folder };
        InstanceSet set = ToyInstances.Set(4), validation = ToyInstances.Set(3);
        using MaskRcnnNetwork whole = ToyInstances.Network();
        TrainingResult uninterrupted = MaskRcnnTrainer.Train(whole, set, kept with { CheckpointDirectory = null }, validation);

        using var cancel = new CancellationTokenSource();
        using MaskRcnnNetwork network = ToyInstances.Network();
        MaskRcnnTrainer.Train(network, set, kept, validation, new Recorder(report =>
        {
            if (report.Step == 3)
                cancel.Cancel();
        }), cancel.Token);
        TrainingResult resumed = MaskRcnnTrainer.Train(network, set, kept, validation);
        Assert.Equal(uninterrupted.BestScore, resumed.BestScore);
        Assert.Equal(TinyNetworks.Bytes(whole), TinyNetworks.Bytes(network));
    }

    [Fact]
    public void Parts_of_a_batch_bound_memory_and_train_too()
    {
        using MaskRcnnNetwork network = ToyInstances.Network();
        var seen = new Recorder();
        MaskRcnnTrainer.Train(network, ToyInstances.Set(4), ToyInstances.Training with { PartSize = 1, Steps = 30 }, progress: seen);
        Assert.True(seen.Loss(^5..) < seen.Loss(..5));
    }

    [Fact]
    public void Photographs_without_objects_train_as_background()
    {
        var images = new ToyImages(4, ToyInstances.Side);
        using MaskRcnnNetwork network = ToyInstances.Network();
        var seen = new Recorder();
        MaskRcnnTrainer.Train(network, new InstanceSet(images, _ => []), ToyInstances.Training with { Steps = 20 }, progress: seen);
        Assert.All(seen.Reports, report => Assert.Equal(0, report.Losses.Single(loss => loss.Key == "mask").Value));
        Assert.True(seen.Loss(^5..) < seen.Loss(..5));
    }

    [Fact]
    public void An_object_that_does_not_fit_its_photograph_leaves_it_out_by_name()
    {
        InstanceSet good = ToyInstances.Set(4);
        InstanceLabel first = good.Instances(0)[0];
        (InstanceLabel Object, string Problem)[] bad =
        [
            (first with { ClassIndex = 2 }, "class 2"),
            (first with { Box = new BoundingBox(5, 5, 5, 9) }, "without area"),
            (first with { Mask = RunLengthMask.FromRowMajor(8, 8, new byte[64]) }, "8 x 8"),
        ];
        foreach ((InstanceLabel @object, string problem) in bad)
        {
            using MaskRcnnNetwork network = ToyInstances.Network();
            var set = new InstanceSet(good.Photographs, index => index == 1 ? [@object] : good.Instances(index));
            TrainingResult result = MaskRcnnTrainer.Train(network, set, ToyInstances.Training with { Steps = 2 });
            UnreadablePhotograph left = Assert.Single(result.Unreadable);
            Assert.Equal("toy1", left.Name);
            Assert.Contains(problem, left.Error.Message, StringComparison.Ordinal);
            Assert.Throws<TrainingException>(() => MaskRcnnTrainer.Train(network, set, ToyInstances.Training with { Steps = 2, Strict = true }));
        }
    }

    [Fact]
    public void Scores_filter_and_weight_objects()
    {
        InstanceSet set = ToyInstances.Set(3);
        InstanceLabel[] objects = [set.Instances(2)[0] with { Score = 0.3f }, set.Instances(2)[1] with { Score = 0.8f }];
        MaskRcnnSample Draw(MaskRcnnTrainingOptions options) => MaskRcnnAugmentation.Draw("toy", set.Photographs.Load(2), objects, 2, options, new RandomStream(1));

        Assert.Equal([1f, 1f], Draw(ToyInstances.Training).Weights);
        Assert.Equal([0.3f, 0.8f], Draw(ToyInstances.Training with { WeightByScore = true }).Weights);
        Assert.Equal([2], Draw(ToyInstances.Training with { MinimumLabelScore = 0.5f }).Labels);
    }

    [Fact]
    public void A_mirrored_photograph_has_mirrored_objects()
    {
        InstanceSet set = ToyInstances.Set(1);
        InstanceLabel disc = set.Instances(0)[0];
        MaskRcnnSample flipped = MaskRcnnAugmentation.Draw("toy", set.Photographs.Load(0), [disc], 2, ToyInstances.Training with { FlipProbability = 1 }, new RandomStream(1));
        Assert.Equal(new BoundingBox(ToyInstances.Side - disc.Box.X1, disc.Box.Y0, ToyInstances.Side - disc.Box.X0, disc.Box.Y1), flipped.Boxes[0]);
        Assert.Equal(flipped.Boxes[0], RunLengthMask.FromRowMajor(ToyInstances.Side, ToyInstances.Side, flipped.Masks[0]).ComputeBox());
    }

    [Fact]
    public void Training_leaves_no_tensor_behind()
    {
        InstanceSet set = ToyInstances.Set(3);
        using MaskRcnnNetwork network = ToyInstances.Network();
        Train();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = torch.Tensor.TotalCount;
        Train();
        Assert.Equal(before, torch.Tensor.TotalCount);

        void Train()
        {
            MaskRcnnTrainer.Train(network, set, ToyInstances.Training, set);
            foreach (TorchSharp.Modules.Parameter parameter in network.parameters())
                parameter.grad = null;
        }
    }

    private static CocoMetrics Measure(MaskRcnnNetwork network, InstanceSet set)
    {
        using var mapper = new MaskRcnnMapper(network, new MaskRcnnInferenceOptions { ShorterSide = ToyInstances.Side, LongerSide = ToyInstances.Side }, torch.CPU);
        var evaluator = new CocoEvaluator(network.Classes, CocoIouKind.Mask);
        for (int i = 0; i < set.Photographs.Count; i++)
            evaluator.Add(set.Instances(i), mapper.Detect(set.Photographs.Load(i)));
        return evaluator.Compute();
    }
}
