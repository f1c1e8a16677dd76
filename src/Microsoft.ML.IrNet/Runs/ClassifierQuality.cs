using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>How well the classifier knows the tags of the photographs that it has learned from.</summary>
/// <param name="Metrics">Average precisions of its scores.</param>
/// <param name="AreaUnderRoc">
/// How often a photograph with a class has a higher score for it than one without, 0.5 by chance; the mean of the classes that some photographs have and some have not, NaN where there is none.
/// </param>
public sealed record ClassifierQuality(ClassificationMetrics Metrics, double AreaUnderRoc)
{
    private const double HardlyBetterThanChance = 0.6;

    /// <summary>What is to be said about a classifier that has learned nothing; null where it has.</summary>
    internal string? Warning() => AreaUnderRoc < HardlyBetterThanChance
        ? $"the classifier has learned nothing: it ranks a photograph with a class above one without it {AreaUnderRoc:P0} of the time, and chance does so half the time. Its maps mean nothing; train it longer, or check the tags."
        : null;

    /// <summary>Reads what a run has noted.</summary>
    /// <exception cref="OutputException">The file is missing or damaged.</exception>
    internal static ClassifierQuality? Read(string path, int classes) => StateFile.Read<ClassifierQuality>(path, quality => quality.Metrics?.PerClass?.Count == classes);

    internal static ClassifierQuality Of(IEnumerable<Photograph> photographs, Func<string, float[]?> scoresOf, int classes)
    {
        var evaluator = new ClassificationEvaluator(classes);
        var scored = new List<(IReadOnlyList<int> Tags, float[] Scores)>();
        foreach (Photograph photograph in photographs)
            if (scoresOf(photograph.Name) is { } scores)
            {
                evaluator.Add(photograph.Tags, scores);
                scored.Add((photograph.Tags, scores));
            }
        return new ClassifierQuality(evaluator.Compute(), Means.OfNumbers([.. Enumerable.Range(0, classes).Select(c => Area([.. scored.Select(entry => (entry.Scores[c], entry.Tags.Contains(c)))]))]));
    }

    // By the ranks of the positives (Mann and Whitney); equal scores share their mean rank.
    private static double Area((float Score, bool Tagged)[] scored)
    {
        long positives = scored.Count(entry => entry.Tagged), negatives = scored.Length - positives;
        double ranks = 0, rank = 0;
        foreach (IGrouping<float, (float Score, bool Tagged)> equal in scored.GroupBy(entry => entry.Score).OrderBy(group => group.Key))
        {
            int count = equal.Count();
            ranks += equal.Count(entry => entry.Tagged) * (rank + (count + 1) / 2.0);
            rank += count;
        }
        return positives == 0 || negatives == 0 ? double.NaN : (ranks - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }
}
