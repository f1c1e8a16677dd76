using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Training;
using TorchSharp;
using TorchSharp.Modules;

namespace Microsoft.ML.IrNet.Tests.Training;

/// <summary>Learning rates and optimiser of torchvision's recipes for Mask R-CNN and DeepLab.</summary>
[Collection("torch")]
public sealed class RecordedRateTests
{
    private const double FirstRate = 0.02;

    [SkippableTheory]
    [InlineData("det_warmup_f64")]
    [InlineData("det_epoch_f64")]
    [InlineData("seg_poly300_f64")]
    public void Rates_are_those_of_the_recipes(string name)
    {
        IRateSchedule schedule = name switch
        {
            "det_warmup_f64" => new WarmUpSchedule(new StepSchedule([]), Steps: 1000, Start: 1e-3),
            "det_epoch_f64" => new StepSchedule([16, 22]),
            _ => new PolySchedule(300, 0.9),
        };
        double[] expected = new GoldenSet("students/recipe_lr").Read<double>(name);
        Assert.All(expected.Select((rate, step) => (rate, step)), point => Assert.Equal(point.rate, FirstRate * schedule.Factor(point.step), 1e-12));
    }

    [SkippableFact]
    public void Three_steps_of_the_optimiser_are_the_recorded_ones()
    {
        float[] expected = new GoldenSet("students/recipe_lr").Read<float>("sgd_params");
        const int count = 9;
        using var scope = torch.NewDisposeScope();
        using var optimiser = new Sgd(weightDecay: 1e-4, momentum: 0.9, clip: null);
        var parameter = new Parameter(torch.tensor(expected[..count]));
        optimiser.Add("p", parameter, 1);
        for (int step = 1; step <= 3; step++)
        {
            float[] values = parameter.data<float>().ToArray();
            parameter.grad = torch.tensor([.. values.Select((value, k) => 2 * (k + 1) * (value - 0.3f))]);
            optimiser.Step(0.1);
            float[] actual = parameter.data<float>().ToArray();
            Assert.All(Enumerable.Range(0, count), k => Assert.Equal(expected[step * count + k], actual[k], 1e-6f));
        }
    }
}
