using Microsoft.ML.IrNet.Training;
using TorchSharp;
using TorchSharp.Modules;

namespace Microsoft.ML.IrNet.Tests.Training;

[Collection("torch")]
public class SgdTests
{
    [Fact]
    public void Updates_are_those_of_PyTorchs_formula()
    {
        using var scope = torch.NewDisposeScope();
        using var optimiser = new Sgd(weightDecay: 0.1, momentum: 0.9, clip: null);
        Parameter slow = Add(optimiser, "slow", 2, 1), fast = Add(optimiser, "fast", -1, 10);
        // direction 1 = g + wd p; direction 2 = 0.9 direction 1 + g + wd p; p -= rate direction.
        (double s, double f, double ds, double df) = (2, -1, 0, 0);
        foreach ((double rate, float gradient) in new[] { (0.5, 3f), (0.25, -2f), (0.1, 1f) })
        {
            SetGradient(slow, gradient);
            SetGradient(fast, gradient);
            optimiser.Step(rate);
            (ds, df) = (0.9 * ds + gradient + 0.1 * s, 0.9 * df + gradient + 0.1 * f);
            (s, f) = (s - rate * ds, f - 10 * rate * df);
            Assert.Equal(s, slow.item<float>(), 1e-4);
            Assert.Equal(f, fast.item<float>(), 1e-4);
        }
    }

    [Fact]
    public void Parameters_without_gradient_do_not_even_decay()
    {
        using var scope = torch.NewDisposeScope();
        using var optimiser = new Sgd(weightDecay: 0.1, momentum: 0.9, clip: 1);
        Parameter still = Add(optimiser, "still", 2, 1), moved = Add(optimiser, "moved", 2, 1);
        SetGradient(moved, 1);
        optimiser.Step(0.1);
        SetGradient(moved, 1);
        optimiser.Step(0.1);
        Assert.Equal(2, still.item<float>());
        Assert.True(moved.item<float>() < 2);
        Assert.Equal(["moved"], optimiser.Momentum.Select(entry => entry.Key));
    }

    [Fact]
    public void Clipping_bounds_the_norm_of_all_gradients_together()
    {
        using var scope = torch.NewDisposeScope();
        using var optimiser = new Sgd(weightDecay: 0, momentum: 0, clip: 5);
        Parameter first = Add(optimiser, "first", 0, 1), second = Add(optimiser, "second", 0, 1);
        SetGradient(first, 30);
        SetGradient(second, 40);
        optimiser.Step(1);
        Assert.Equal(-3, first.item<float>(), 1e-4);
        Assert.Equal(-4, second.item<float>(), 1e-4);
        SetGradient(first, 3);
        SetGradient(second, 0);
        optimiser.Step(1);
        Assert.Equal(-6, first.item<float>(), 1e-4);
    }

    private static Parameter Add(Sgd optimiser, string name, float value, double rateFactor)
    {
        var parameter = new Parameter(torch.tensor(new[] { value }));
        optimiser.Add(name, parameter, rateFactor);
        return parameter;
    }

    private static void SetGradient(Parameter parameter, float value) => (parameter * torch.tensor(value)).sum().backward();
}
