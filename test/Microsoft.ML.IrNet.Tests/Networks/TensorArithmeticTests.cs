using Microsoft.ML.IrNet.Networks;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Networks;

[Collection("torch")]
public sealed class TensorArithmeticTests
{
    [Fact]
    public void Sums_and_products_are_those_of_their_names()
    {
        torch.Tensor two = torch.tensor(2f), three = torch.tensor(3f);
        Assert.Equal(5, two.Plus(three).item<float>());
        Assert.Equal(-4, two.Plus(three, times: -2).item<float>());
        Assert.Equal(2.5f, two.Plus(0.5).item<float>());
        Assert.Equal(2, two.item<float>());
        Assert.Equal(17, two.Add(three, times: 5).item<float>());
        Assert.Equal(8.5f, two.Scale(0.5).item<float>());
        Assert.Equal(8.5f, two.item<float>());
    }

    /// <summary>With TorchSharp's own operators this ends in an error of torch or of the process, within seconds.</summary>
    [Fact]
    public void Numbers_outlive_the_call_while_garbage_is_collected_all_the_time()
    {
        using var ended = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!ended.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            torch.Tensor one = torch.ones(64), total = torch.zeros(64);
            for (int round = 0; round < 20_000; round++)
            {
                using var scope = torch.NewDisposeScope();
                total.Scale(0.5).Add(one.Plus(one, times: 3).Plus(-4));
                total.Add(one, times: 2);
            }
            Assert.All(total.data<float>(), value => Assert.Equal(4, value, 1e-4));
        }
        finally
        {
            ended.Cancel();
            collector.Join();
        }
    }
}
