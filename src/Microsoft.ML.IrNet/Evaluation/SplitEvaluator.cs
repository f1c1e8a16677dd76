using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>AP at IoU 0.5 measured apart on photographs with one object, with several, and with several of one class.</summary>
internal sealed class SplitEvaluator(int classes)
{
    private readonly Part _one = new(classes), _several = new(classes), _repeats = new(classes);

    public void Add(IReadOnlyList<InstanceLabel> truth, IReadOnlyList<InstanceLabel> predictions)
    {
        int[] objects = [.. truth.Where(instance => !instance.IsCrowd).GroupBy(instance => instance.ClassIndex).Select(ofClass => ofClass.Count())];
        if (objects.Sum() == 1)
            _one.Add(truth, predictions);
        else if (objects.Length > 0)
            _several.Add(truth, predictions);
        if (objects.Any(count => count > 1))
            _repeats.Add(truth, predictions);
    }

    public InstanceSplit Compute() => new(_one.Compute(), _several.Compute(), _repeats.Compute());

    private sealed class Part(int classes)
    {
        private readonly InstanceEvaluator _evaluator = new(classes, 0.5);
        private int _images;

        public void Add(IReadOnlyList<InstanceLabel> truth, IReadOnlyList<InstanceLabel> predictions)
        {
            _evaluator.Add(truth, predictions);
            _images++;
        }

        public SplitResult Compute() => new(_images, _evaluator.Compute().At(0.5));
    }
}
