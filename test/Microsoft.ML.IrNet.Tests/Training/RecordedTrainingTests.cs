using System.Text.Json;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Networks;
using Microsoft.ML.IrNet.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Training;

/// <summary>Three steps of the published code on ResNet-50, from the same weights and inputs.</summary>
[Collection("torch")]
public class RecordedTrainingTests
{
    private const double Tolerance = 1e-3;

    [SkippableFact]
    public void Classifier_takes_the_published_steps()
    {
        var golden = new GoldenSet("train_cam");
        using var scope = NewDisposeScope();
        using CamNetwork network = RecordedNetworks.Cam();
        var options = new CamTrainingOptions();
        using Sgd optimiser = CamTrainer.CreateOptimiser(network, options);
        Tensor input = Images(golden);
        Tensor label = Read(golden, "label");
        Dictionary<string, Tensor> start = network.named_parameters().ToDictionary(entry => Published(entry.name), entry => entry.parameter.detach().clone());
        var rates = new PolySchedule(golden.Meta.GetProperty("max_step").GetInt64(), options.PolyPower);
        network.train();

        for (int step = 0; step < 3; step++)
        {
            double loss = CamTrainer.Backward(network, input, label);
            AssertClose($"loss {step}", golden.Meta.GetProperty("losses")[step].GetDouble(), loss);
            if (step == 0)
                AssertGradients(golden, network);
            double rate = options.LearningRate * rates.Factor(step);
            Assert.Equal(golden.Meta.GetProperty("lrs")[step][0].GetDouble(), rate, 12);
            optimiser.Step(rate);
        }
        AssertSame(golden, "classifier_after3", network.get_parameter("classifier.weight"));
        AssertSame(golden, "layer4.2.bn3.weight_after3", network.get_parameter("backbone.layer4.2.bn3.weight"));
        AssertMoves(golden, network, start);
    }

    [SkippableFact]
    public void Branches_take_the_published_steps()
    {
        var golden = new GoldenSet("train_irn");
        using var scope = NewDisposeScope();
        using IrNetwork network = RecordedNetworks.Ir();
        var options = new IrNetTrainingOptions();
        using Sgd optimiser = IrNetTrainer.CreateOptimiser(network, options);
        using var frozen = new InferenceBackbone(network.Backbone);
        var loss = new AffinityDisplacementLoss(options.Radius);
        Tensor input = Images(golden);
        byte[] label = golden.Read<byte>("reduced_label");
        Dictionary<string, Tensor> start = network.named_parameters().ToDictionary(entry => Published(entry.name), entry => entry.parameter.detach().clone());
        var rates = new PolySchedule(golden.Meta.GetProperty("max_step").GetInt64(), options.PolyPower);
        network.train();

        for (int step = 0; step < 3; step++)
        {
            AffinityDisplacementLosses result = IrNetTrainer.Backward(network, frozen.Backbone, loss.Compute, input, label);
            double[] expected = [.. golden.Meta.GetProperty("hist")[step].EnumerateArray().Select(value => value.GetDouble())];
            double[] actual = [result.PositiveAffinity, result.NegativeAffinity, result.DisplacementForeground, result.DisplacementBackground, result.Total];
            for (int i = 0; i < actual.Length; i++)
                AssertClose($"{golden.Meta.GetProperty("columns")[i]} {step}", expected[i], actual[i]);
            if (step == 0)
                AssertGradients(golden, network);
            optimiser.Step(options.LearningRate * rates.Factor(step));
        }
        AssertSame(golden, "fc_edge6.weight_after3", network.get_parameter("fc_edge6.weight"));
        AssertSame(golden, "fc_dp7.3.weight_after3", network.get_parameter("fc_dp7.3.weight"));
        AssertMoves(golden, network, start);
        using (no_grad())
            AssertSame(golden, "dp_mean_eval", network.Displacement(frozen.Backbone.forward(input)).mean([0, 2, 3]));
    }

    private static string Published(string name) => name.StartsWith("backbone.", StringComparison.Ordinal) ? name["backbone.".Length..] : name;

    // In memory as the trainers have them.
    private static Tensor Images(GoldenSet golden)
    {
        int[] shape = golden.Shape("input");
        return BatchTensor.Of([.. golden.Read<float>("input").Chunk(shape[1] * shape[2] * shape[3])], shape[2], shape[3], CPU);
    }

    private static Tensor Read(GoldenSet golden, string array) =>
        tensor(golden.Read<float>(array), golden.Shape(array).Select(size => (long)size).ToArray());

    private static void AssertGradients(GoldenSet golden, torch.nn.Module network)
    {
        JsonElement recorded = golden.Meta.GetProperty("grad_stats");
        int compared = 0;
        foreach ((string name, Parameter parameter) in network.named_parameters())
        {
            if (!recorded.TryGetProperty(Published(name), out JsonElement expected))
                continue;
            using Tensor? gradient = parameter.grad;
            Assert.True(gradient is null == (expected.ValueKind == JsonValueKind.Null), name);
            if (gradient is null)
                continue;
            AssertClose($"{name} gradient", expected.GetProperty("l2").GetDouble(), gradient.norm().item<float>());
            AssertClose($"{name} gradient", expected.GetProperty("absmax").GetDouble(), gradient.abs().max().item<float>());
            compared++;
        }
        Assert.True(compared > 35, $"{compared} gradients compared");
    }

    private static void AssertMoves(GoldenSet golden, torch.nn.Module network, Dictionary<string, Tensor> start)
    {
        JsonElement recorded = golden.Meta.GetProperty("delta_l2");
        foreach ((string name, Parameter parameter) in network.named_parameters())
            if (recorded.TryGetProperty(Published(name), out JsonElement expected))
                AssertClose($"{name} moved", expected.GetDouble(), (parameter.detach() - start[Published(name)]).norm().item<float>());
    }

    private static void AssertSame(GoldenSet golden, string array, Tensor? actual)
    {
        using Tensor expected = Read(golden, array);
        double error = (expected - actual!.detach()).abs().max().item<float>();
        double largest = expected.abs().max().item<float>();
        Assert.True(error <= Tolerance * largest, $"{array}: off by {error} of {largest}");
    }

    private static void AssertClose(string what, double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance * Math.Abs(expected), $"{what}: {actual} instead of {expected}");
}
