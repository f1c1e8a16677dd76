namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>Mean average precision of a classifier's scores against image-level tags: VOC's AP under the monotone envelope, equal scores in the order of addition.</summary>
public sealed class ClassificationEvaluator
{
    private readonly List<(float Score, bool Tagged)>[] _scores;

    /// <summary>Starts an empty evaluation.</summary>
    /// <param name="classes">How many classes there are.</param>
    public ClassificationEvaluator(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        _scores = [.. Enumerable.Range(0, classes).Select(_ => new List<(float, bool)>())];
    }

    /// <summary>Counts one photograph.</summary>
    /// <param name="tags">0-based indices of the classes that are there.</param>
    /// <param name="scores">One score for each class; only their order matters.</param>
    /// <exception cref="ArgumentException">Not one score a class, a score that is no number, or a tag that is no class.</exception>
    public void Add(IReadOnlyList<int> tags, ReadOnlySpan<float> scores)
    {
        ArgumentNullException.ThrowIfNull(tags);
        if (scores.Length != _scores.Length)
            throw new ArgumentException($"{scores.Length} scores were given for {_scores.Length} classes.", nameof(scores));
        foreach (int tag in tags)
            if (tag < 0 || tag >= _scores.Length)
                throw new ArgumentException($"Tag {tag} is none of the {_scores.Length} classes.", nameof(tags));
        foreach (float score in scores)
            if (float.IsNaN(score))
                throw new ArgumentException("A score is not a number.", nameof(scores));
        for (int c = 0; c < scores.Length; c++)
            _scores[c].Add((scores[c], tags.Contains(c)));
    }

    /// <summary>The average precisions over everything added so far.</summary>
    public ClassificationMetrics Compute()
    {
        double[] perClass = [.. _scores.Select(ofClass => AveragePrecision.UnderEnvelope(
            [.. ofClass.OrderByDescending(entry => entry.Score).Select(entry => entry.Tagged)], ofClass.Count(entry => entry.Tagged)))];
        return new ClassificationMetrics(Means.OfNumbers(perClass), perClass);
    }
}
