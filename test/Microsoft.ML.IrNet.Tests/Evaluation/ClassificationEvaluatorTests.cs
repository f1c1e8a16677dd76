using Microsoft.ML.IrNet.Evaluation;

namespace Microsoft.ML.IrNet.Tests.Evaluation;

public class ClassificationEvaluatorTests
{
    [Fact]
    public void Is_the_area_under_the_monotone_envelope()
    {
        var evaluator = new ClassificationEvaluator(3);
        evaluator.Add([0], [0.9f, 0.1f, 5]);
        evaluator.Add([], [0.8f, 0.2f, 5]);
        evaluator.Add([0, 1], [0.7f, 0.3f, 5]);
        evaluator.Add([0], [0.6f, 0.4f, 5]);
        ClassificationMetrics metrics = evaluator.Compute();
        // Right, wrong, right, right: precision at the hits 1, 2/3, 3/4, of which the envelope makes 1, 3/4, 3/4.
        Assert.Equal((1 + 0.75 + 0.75) / 3, metrics.PerClass[0], 1e-12);
        Assert.Equal(0.5, metrics.PerClass[1], 1e-12);
        Assert.True(double.IsNaN(metrics.PerClass[2]));
        Assert.Equal((metrics.PerClass[0] + metrics.PerClass[1]) / 2, metrics.Mean, 1e-12);
    }

    [Fact]
    public void Arguments_that_cannot_be_ranked_are_refused()
    {
        var evaluator = new ClassificationEvaluator(2);
        Assert.Throws<ArgumentException>(() => evaluator.Add([0], [0.5f]));
        Assert.Throws<ArgumentException>(() => evaluator.Add([2], [0.5f, 0.5f]));
        Assert.Throws<ArgumentException>(() => evaluator.Add([0], [0.5f, float.NaN]));
    }
}
