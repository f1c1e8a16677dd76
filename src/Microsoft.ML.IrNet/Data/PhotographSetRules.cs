using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Data;

/// <summary>What holds for every data set, whatever its format.</summary>
internal static class PhotographSetRules
{
    /// <summary>Classes beyond this do not fit a label map beside background and void.</summary>
    public const int MaximumClasses = LabelMap.Void - 1;

    /// <summary>Returns the set if it can be worked with. Single missing images are left to whoever reads them: one must not end a run.</summary>
    /// <exception cref="DataSetException">There is no photograph, none whose file exists, a name occurs twice, or there are too many classes.</exception>
    public static PhotographSet Check(PhotographSet set, string source)
    {
        if (set.Photographs.Count == 0)
            throw new DataSetException(source, "names no photograph; expected at least one.");
        RequireClasses(set.Classes.Count, source);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (Photograph photograph in set.Photographs)
            if (!names.Add(photograph.Name))
                throw new DataSetException(source, $"names the photograph '{photograph.Name}' twice; remove one of the two.");
        if (!set.Photographs.Any(photograph => File.Exists(photograph.Path)))
            throw new DataSetException(source, $"names {set.Photographs.Count} photographs and none of them exists, {set.Photographs[0].Path} for example; check the folder of the images.");
        return set;
    }

    /// <summary>Refuses more classes than a label map has room for.</summary>
    /// <exception cref="DataSetException">There are too many.</exception>
    public static void RequireClasses(int count, string source)
    {
        if (count > MaximumClasses)
            throw new DataSetException(source, $"has {count} classes; label maps hold at most {MaximumClasses}: choose some of them.");
    }
}
