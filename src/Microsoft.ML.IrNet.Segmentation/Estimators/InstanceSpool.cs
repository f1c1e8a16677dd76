using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>The photographs of a data view, on disk, and their instances.</summary>
internal sealed class InstanceSpool(PhotographSpool photographs, IReadOnlyList<IReadOnlyList<InstanceLabel>> instances) : IDisposable
{
    /// <summary>What a trainer reads.</summary>
    public InstanceSet Set { get; } = new(photographs, index => instances[index]);

    /// <summary>Says what there is to learn from, and of which classes there is no example.</summary>
    /// <exception cref="DataSetException">There is no instance at all.</exception>
    public void Describe(IReadOnlyList<string> classes, IChannel channel)
    {
        if (photographs.Count > 0 && instances.All(image => image.Count == 0))
            throw new DataSetException("the data view", "has no instance in any row; Fit needs at least one. Labels that are too weak may all have been filtered away.");
        int[] examples = new int[classes.Count];
        foreach (InstanceLabel instance in instances.SelectMany(image => image))
            examples[instance.ClassIndex]++;
        channel.Info($"{photographs.Count} photographs, {instances.Count(image => image.Count == 0)} of them background only; {examples.Sum()} instances of {classes.Count} classes.");
        string[] missing = [.. classes.Where((_, index) => examples[index] == 0)];
        if (missing.Length > 0 && photographs.Count > 0)
            channel.Warning($"There is no example of {string.Join(", ", missing)}, which will never be found.");
    }

    public void Dispose() => photographs.Dispose();
}
