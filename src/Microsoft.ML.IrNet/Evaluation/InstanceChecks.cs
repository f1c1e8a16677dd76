using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>What every evaluator of instances requires of them.</summary>
internal static class InstanceChecks
{
    public static void Require(IReadOnlyList<InstanceLabel> instances, int classes, string name)
    {
        ArgumentNullException.ThrowIfNull(instances, name);
        foreach (InstanceLabel instance in instances)
            if (Problem(instance, classes) is { } problem)
                throw new ArgumentException(problem, name);
    }

    /// <summary>What is wrong with an instance, as a sentence; null where nothing is.</summary>
    public static string? Problem(InstanceLabel instance, int classes) =>
        instance.ClassIndex < 0 || instance.ClassIndex >= classes ? $"class index {instance.ClassIndex} is none of the {classes} classes."
        : !float.IsFinite(instance.Score) ? "the score of an instance is not a number."
        : !float.IsFinite(instance.Box.Width) || !float.IsFinite(instance.Box.Height) ? "the box of an instance is not made of numbers."
        : null;
}
