using Microsoft.ML.IrNet.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Weights;

[Collection("torch")]
public sealed class ModuleWeightsTests
{
    [Fact]
    public void What_is_saved_is_loaded_back_bit_for_bit()
    {
        using var scope = NewDisposeScope();
        using var first = Network();
        using var second = Network();
        using (no_grad())
            first.get_parameter("0.weight")!.copy_(torch.tensor(1f / 3));
        first.get_buffer("1.running_var")!.copy_(torch.tensor(7f));

        using var stream = new MemoryStream();
        SafeTensors.Write(stream, ModuleWeights.Save(first));
        stream.Position = 0;
        WeightReport report = ModuleWeights.Load(second, SafeTensors.Read(stream, "test"));

        report.RequireComplete("test");
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked"], report.Loaded);
        Same.Tensors(ModuleWeights.Save(first), ModuleWeights.Save(second));
        Assert.True(second.get_parameter("0.weight")!.requires_grad);
    }

    [Fact]
    public void The_report_names_what_was_loaded_missing_unexpected_and_misshapen()
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        float before = network.get_parameter("1.bias")![0].item<float>();
        var weights = new StateDict([
            StoredTensor.FromSingle("0.bias", [2], [5, 6]),
            StoredTensor.FromSingle("1.bias", [3], [1, 2, 3]),
            StoredTensor.FromSingle("fc.weight", [1], [1]),
            StoredTensor.FromSingle("fc.num_batches_tracked", [1], [1])]);

        WeightReport report = ModuleWeights.Load(network, weights);

        Assert.Equal(["0.bias"], report.Loaded);
        Assert.Equal(["0.weight", "1.weight", "1.running_mean", "1.running_var"], report.Missing);
        Assert.Equal(["fc.weight"], report.Unexpected);
        Assert.Equal("1.bias: [3] in the weights, [2] in the network", Assert.Single(report.Misshapen));
        Assert.Equal([5f, 6f], network.get_parameter("0.bias")!.data<float>().ToArray());
        Assert.Equal(before, network.get_parameter("1.bias")![0].item<float>());
        string message = Assert.Throws<WeightsException>(() => report.RequireComplete("resnet.pth")).Message;
        Assert.Contains("resnet.pth", message, StringComparison.Ordinal);
        Assert.Contains("4 missing (0.weight", message, StringComparison.Ordinal);
        Assert.Contains("[3] in the weights", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unexpected_names_alone_do_no_harm()
    {
        new WeightReport(["a"], [], ["b"], []).RequireComplete("test");
        Assert.Throws<WeightsException>(() => new WeightReport([], ["a"], [], []).RequireComplete("test"));
    }

    [Fact]
    public void Names_can_be_changed_dropped_and_merged()
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        var weights = new StateDict([
            StoredTensor.FromSingle("model.0.bias", [2], [5, 6]), StoredTensor.FromSingle("alias.0.bias", [2], [7, 8]), StoredTensor.FromSingle("path_indices", [1], [1])]);
        WeightReport report = ModuleWeights.Load(network, weights, name => name == "path_indices" ? null : name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        Assert.Equal(["0.bias"], report.Loaded);
        Assert.Empty(report.Unexpected);
        Assert.Equal([5f, 6f], network.get_parameter("0.bias")!.data<float>().ToArray());
    }

    [Theory]
    [InlineData("half", new[] { 1f, -2.5f, 65504f })]
    [InlineData("brain", new[] { 1f, -2.5f, 3e38f })]
    [InlineData("double", new[] { 1 / 3f })]
    [InlineData("int", new[] { -7f })]
    public void Other_types_are_converted_to_the_parameters(string name, float[] expected)
    {
        using var scope = NewDisposeScope();
        StoredTensor stored = SafeTensors.Read(WeightFixture.PathOf("expected.safetensors"))[name];
        using var network = new Holder(zeros(expected.Length));
        ModuleWeights.Load(network, new StateDict([stored with { Name = "value" }])).RequireComplete("test");
        float[] loaded = ModuleWeights.Save(network)["value"].ToSingle();
        Assert.Equal(stored.ToSingle(), loaded);
        Assert.Equal(expected, loaded, (wanted, value) => MathF.Abs(wanted - value) <= 4e-3f * MathF.Abs(wanted));
    }

    [Fact]
    public void Loading_and_saving_leave_no_tensor_behind()
    {
        using var network = Network();
        StateDict weights = ModuleWeights.Save(network);
        ModuleWeights.Load(network, weights);
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (int round = 0; round < 3; round++)
        {
            ModuleWeights.Load(network, weights);
            ModuleWeights.Save(network);
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    private static TorchSharp.Modules.Sequential Network() => nn.Sequential(nn.Conv2d(3, 2, 3), nn.BatchNorm2d(2));

    private sealed class Holder : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Parameter value;

        public Holder(Tensor initial) : base("holder")
        {
            value = new TorchSharp.Modules.Parameter(initial);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => input * value;
    }
}
