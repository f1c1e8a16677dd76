using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Masks;

/// <summary>Draws instances into maps. Where masks overlap, the higher score is on top; of equal scores the earlier one.</summary>
public static class InstanceMaps
{
    /// <summary>How many instances an object map can tell apart; 0 is background and 255 void.</summary>
    public const int MaximumObjects = 254;

    /// <summary>Draws class index + 1; 0 elsewhere. Crowd regions are void.</summary>
    /// <exception cref="ArgumentException">A mask of another size, or a class index of 254 or more.</exception>
    public static LabelMap Semantic(int height, int width, IReadOnlyList<InstanceLabel> instances)
    {
        ArgumentNullException.ThrowIfNull(instances);
        var map = new LabelMap(height, width, new byte[height * width]);
        foreach (InstanceLabel instance in instances.Where(instance => instance.IsCrowd))
            instance.Mask.Paint(map.Labels, LabelMap.Void);
        foreach (int i in BottomUp(instances))
            if (!instances[i].IsCrowd)
                instances[i].Mask.Paint(map.Labels, SemanticLabel(instances[i].ClassIndex));
        return map;
    }

    /// <summary>Draws 1, 2, ... in the order of the instances; 0 elsewhere. Of more than 254 the 254 of the highest scores are drawn.</summary>
    /// <exception cref="ArgumentException">A mask of another size.</exception>
    public static LabelMap Objects(int height, int width, IReadOnlyList<InstanceLabel> instances)
    {
        ArgumentNullException.ThrowIfNull(instances);
        var map = new LabelMap(height, width, new byte[height * width]);
        int[] drawn = [.. BottomUp(instances).TakeLast(MaximumObjects)];
        int[] order = [.. drawn.Order()];
        foreach (int i in drawn)
            instances[i].Mask.Paint(map.Labels, (byte)(Array.BinarySearch(order, i) + 1));
        return map;
    }

    private static byte SemanticLabel(int classIndex) => classIndex is >= 0 and < MaximumObjects
        ? (byte)(classIndex + 1)
        : throw new ArgumentException($"Class index {classIndex} has no value in a semantic map, which tells {MaximumObjects} classes apart.", nameof(classIndex));

    private static IEnumerable<int> BottomUp(IReadOnlyList<InstanceLabel> instances) =>
        Enumerable.Range(0, instances.Count).OrderByDescending(i => instances[i].Score).Reverse();
}
