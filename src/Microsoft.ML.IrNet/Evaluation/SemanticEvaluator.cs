using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>Intersection over union of semantic maps, over the pixels of all photographs. Void truth counts for nothing, void predictions are background.</summary>
public sealed class SemanticEvaluator
{
    private readonly long[] _confusion;
    private readonly int _labels;

    /// <summary>Starts an empty evaluation.</summary>
    /// <param name="classes">How many classes there are besides background; 1..254.</param>
    public SemanticEvaluator(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, LabelMap.Void - 1);
        _labels = classes + 1;
        _confusion = new long[_labels * _labels];
    }

    /// <summary>Counts the pixels of one photograph.</summary>
    /// <exception cref="ArgumentException">The maps differ in size, or hold a label that is no class.</exception>
    public void Add(LabelMap truth, LabelMap prediction) => Add(Tally(truth, prediction));

    /// <summary>The agreement over everything added so far.</summary>
    public SemanticMetrics Compute()
    {
        var ious = new double[_labels];
        for (int label = 0; label < _labels; label++)
        {
            long union = -_confusion[label * _labels + label];
            for (int other = 0; other < _labels; other++)
                union += _confusion[label * _labels + other] + _confusion[other * _labels + label];
            ious[label] = (double)_confusion[label * _labels + label] / union;
        }
        return new SemanticMetrics(Means.OfNumbers(ious), ious);
    }

    /// <summary>What a photograph adds.</summary>
    internal SemanticTally Tally(LabelMap truth, LabelMap prediction)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(prediction);
        if (truth.Height != prediction.Height || truth.Width != prediction.Width)
            throw new ArgumentException($"The prediction is {prediction.Height} x {prediction.Width}, the truth {truth.Height} x {truth.Width}.", nameof(prediction));
        RequireLabels(truth, nameof(truth));
        RequireLabels(prediction, nameof(prediction));
        var confusion = new long[_confusion.Length];
        for (int i = 0; i < truth.Labels.Length; i++)
            if (truth.Labels[i] is var row and not LabelMap.Void)
                confusion[row * _labels + (prediction.Labels[i] is var column and not LabelMap.Void ? column : 0)]++;
        int[] pairs = [.. Enumerable.Range(0, confusion.Length).Where(pair => confusion[pair] > 0)];
        return new SemanticTally(pairs, [.. pairs.Select(pair => confusion[pair])]);
    }

    internal void Add(SemanticTally tally)
    {
        foreach ((int pair, long pixels) in tally.Pairs.Zip(tally.Pixels))
            _confusion[pair] += pixels;
    }

    private void RequireLabels(LabelMap map, string name)
    {
        if (StrangeLabel(map, _labels - 1) is { } strange)
            throw new ArgumentException($"Label {strange} is none of the {_labels - 1} classes.", name);
    }

    /// <summary>A label of the map that is neither background, one of so many classes, nor void; null where there is none.</summary>
    internal static byte? StrangeLabel(LabelMap map, int classes)
    {
        if (classes == LabelMap.Void - 1)
            return null;
        int at = map.Labels.AsSpan().IndexOfAnyInRange((byte)(classes + 1), (byte)(LabelMap.Void - 1));
        return at < 0 ? null : map.Labels[at];
    }
}
