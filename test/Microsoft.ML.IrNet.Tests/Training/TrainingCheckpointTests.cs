using System.Globalization;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Training;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Training;

[Collection("torch")]
public sealed class TrainingCheckpointTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"irnet-checkpoint-{Guid.NewGuid():N}");

    private CamTrainingOptions Cam => new()
    {
        Epochs = 3,
        BatchSize = 2,
        CropSize = 32,
        ResizeLongMin = 30,
        ResizeLongMax = 40,
        LearningRate = 0.02,
        Momentum = 0.9,
        CheckpointDirectory = _folder,
    };

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_cancelled_classifier_run_resumes_and_ends_with_the_same_weights(int stopAfter)
    {
        var images = new ToyImages(6, 32);
        using CamNetwork whole = TinyNetworks.Cam(frozenStages: 1);
        TrainingResult uninterrupted = CamTrainer.Train(whole, images, Cam with { CheckpointDirectory = null });

        using CamNetwork first = TinyNetworks.Cam(frozenStages: 1);
        using var cancel = new CancellationTokenSource();
        TrainingResult stopped = CamTrainer.Train(first, images, Cam, new Recorder(report =>
        {
            if (report.Step == stopAfter)
                cancel.Cancel();
        }), cancel.Token);
        Assert.Equal(((long)stopAfter, true), (stopped.Steps, stopped.Cancelled));

        // Other weights to start from: all of the earlier run must come back, the frozen stages included.
        using var second = new CamNetwork(new ResNetBackbone(new ResNetOptions { Depth = ResNetDepth.ResNet18, BaseWidth = 4 }), 2, 1);
        var seen = new Recorder();
        TrainingResult resumed = CamTrainer.Train(second, images, Cam, seen);
        Assert.Equal((9L, false), (resumed.Steps, resumed.Cancelled));
        Assert.Equal(9 - stopAfter, seen.Reports.Count);
        Assert.Equal(TinyNetworks.Bytes(whole), TinyNetworks.Bytes(second));
        Assert.Equal(9, uninterrupted.Losses[0].Values.Count);
        Assert.Equal(uninterrupted.Losses[0].Values, resumed.Losses[0].Values);
    }

    [Fact]
    public void A_run_killed_within_an_epoch_resumes_from_its_last_saved_step()
    {
        var images = new ToyImages(8, 32);
        CamTrainingOptions options = Cam with { Epochs = 1, CheckpointInterval = TimeSpan.Zero };
        using CamNetwork whole = TinyNetworks.Cam();
        CamTrainer.Train(whole, images, options with { CheckpointDirectory = null });

        using CamNetwork first = TinyNetworks.Cam();
        Assert.Throws<InvalidOperationException>(() => CamTrainer.Train(first, images, options, new Recorder(report =>
        {
            if (report.Step == 3)
                throw new InvalidOperationException("killed");
        })));

        using CamNetwork second = TinyNetworks.Cam();
        var seen = new Recorder();
        CamTrainer.Train(second, images, options, seen);
        Assert.Equal([3, 4], seen.Reports.Select(report => report.Step));
        Assert.Equal(TinyNetworks.Bytes(whole), TinyNetworks.Bytes(second));
    }

    [Fact]
    public void A_finished_run_is_not_run_again()
    {
        var images = new ToyImages(4, 32);
        using CamNetwork first = TinyNetworks.Cam();
        CamTrainer.Train(first, images, Cam);
        using CamNetwork second = TinyNetworks.Cam();
        var seen = new Recorder();
        TrainingResult result = CamTrainer.Train(second, images, Cam, seen);
        Assert.Empty(seen.Reports);
        Assert.Equal(6, result.Steps);
        Assert.Equal(TinyNetworks.Bytes(first), TinyNetworks.Bytes(second));
    }

    [Fact]
    public void A_cancelled_branch_run_resumes_and_ends_with_the_same_weights()
    {
        var images = new ToyImages(4);
        IrNetTrainingOptions options = new()
        {
            Steps = 4,
            BatchSize = 2,
            CropSize = 48,
            Radius = 4,
            LearningRate = 0.01,
            Momentum = 0.9,
            Canvas = 48,
            CheckpointDirectory = _folder,
        };
        using IrNetwork whole = TinyNetworks.IrNet();
        IrNetTrainer.Train(whole, images, images.Labels, options with { CheckpointDirectory = null });

        using IrNetwork network = TinyNetworks.IrNet();
        using var cancel = new CancellationTokenSource();
        Assert.True(IrNetTrainer.Train(network, images, images.Labels, options, new Recorder(_ => cancel.Cancel()), cancel.Token).Cancelled);
        Assert.False(IrNetTrainer.Train(network, images, images.Labels, options).Cancelled);
        Assert.Equal(TinyNetworks.Bytes(whole), TinyNetworks.Bytes(network));
    }

    [Fact]
    public void Another_recipe_or_other_photographs_are_refused_by_name()
    {
        using CamNetwork network = TinyNetworks.Cam();
        CamTrainer.Train(network, new ToyImages(4, 32), Cam with { Epochs = 1 });
        string Refused(CamTrainingOptions options, int photographs = 4) =>
            Assert.Throws<OptionException>(() => CamTrainer.Train(network, new ToyImages(photographs, 32), options)).Subject;
        Assert.Equal("Seed", Refused(Cam with { Epochs = 1, Seed = 5 }));
        Assert.Equal("LearningRate", Refused(Cam with { Epochs = 1, LearningRate = 0.5 }));
        Assert.Equal("ResizeLongMax", Refused(Cam with { Epochs = 1, ResizeLongMax = 41 }));
        Assert.Equal("CheckpointDirectory", Refused(Cam with { Epochs = 1 }, photographs: 5));
    }

    [Fact]
    public void A_checkpoint_of_a_later_version_is_refused_with_the_version_that_can_go_on()
    {
        using CamNetwork network = TinyNetworks.Cam();
        CamTrainer.Train(network, new ToyImages(4, 32), Cam with { Epochs = 1 });
        string file = Assert.Single(Directory.GetFiles(_folder));
        StateDict state = SafeTensors.Read(file);
        SafeTensors.Write(file, new StateDict(state.Values, new Dictionary<string, string>(state.Metadata) { ["format"] = "2", ["program"] = "9.8.7" }));
        var error = Assert.Throws<WeightsException>(() => CamTrainer.Train(network, new ToyImages(4, 32), Cam with { Epochs = 1 }));
        Assert.Contains("version 9.8.7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_asked_to_stop_in_the_middle_of_a_step_saves_the_state_of_before_at_once()
    {
        string file = Path.Combine(_folder, "toy.safetensors");
        using torch.nn.Module whole = Layer(), network = Layer();
        Train(whole, Cam with { CheckpointDirectory = null }, CancellationToken.None, _ => { });

        using var cancel = new CancellationTokenSource();
        long saved = -1;
        Train(network, Cam, cancel.Token, step =>
        {
            if (step != 4)
                return;
            File.Delete(file);
            cancel.Cancel();
            // The step does not end before the state is on disk.
            Assert.True(SpinWait.SpinUntil(() => File.Exists(file), TimeSpan.FromMinutes(1)));
            saved = long.Parse(SafeTensors.Read(file).Metadata["step"], CultureInfo.InvariantCulture);
            // As if it had been killed now: what it saves afterwards does not count.
            File.Copy(file, file + ".kept");
        });
        Assert.Equal(4, saved);
        File.Move(file + ".kept", file, overwrite: true);

        using torch.nn.Module resumed = Layer();
        Train(resumed, Cam, CancellationToken.None, _ => { });
        Assert.Equal(TinyNetworks.Bytes(whole), TinyNetworks.Bytes(resumed));

        static torch.nn.Module Layer()
        {
            torch.manual_seed(1);
            return torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3));
        }

        static void Train(torch.nn.Module network, CamTrainingOptions options, CancellationToken cancellation, Action<long> inStep)
        {
            var images = new ToyImages(8, 32);
            using var optimiser = new Sgd(0, 0.9, null);
            foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
                optimiser.Add(name, parameter, 1);
            var loop = new TrainingLoop<int>("toy", options, images, network, optimiser) { Load = (index, _) => index };
            loop.Resume();
            long step = 0;
            loop.Run(batch =>
            {
                using var scope = torch.NewDisposeScope();
                // Running statistics change here, before the state is saved.
                torch.Tensor output = ((torch.nn.Module<torch.Tensor, torch.Tensor>)network).forward(torch.tensor([batch[0], 1f, batch[1], 2f], [2, 2]));
                output.pow(3).sum().backward();
                inStep(step++);
                return [new("loss", 1)];
            }, new LeftOutPhotographs(options), null, cancellation);
        }
    }

    [Fact]
    public void A_checkpoint_of_another_network_and_a_damaged_one_are_weight_errors()
    {
        using CamNetwork network = TinyNetworks.Cam();
        CamTrainer.Train(network, new ToyImages(4, 32), Cam with { Epochs = 1 });
        using CamNetwork other = TinyNetworks.Cam(classes: 3);
        Assert.Throws<WeightsException>(() => CamTrainer.Train(other, new ToyImages(4, 32), Cam with { Epochs = 1 }));

        string file = Assert.Single(Directory.GetFiles(_folder));
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..1000]);
        Assert.Equal(file, Assert.Throws<WeightsException>(() => CamTrainer.Train(network, new ToyImages(4, 32), Cam with { Epochs = 1 })).Subject);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_an_output_error()
    {
        using CamNetwork network = TinyNetworks.Cam();
        File.WriteAllText(_folder, "a file where the folder should be");
        try
        {
            Assert.Throws<OutputException>(() => CamTrainer.Train(network, new ToyImages(4, 32), Cam with { Epochs = 1 }));
        }
        finally
        {
            File.Delete(_folder);
        }
    }
}
