using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Labelling;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>What is to be said about maps from which no good masks can come.</summary>
internal static class MapWarnings
{
    // Of a sigmoid's output: less is rounding.
    private const float Constant = 1e-6f;

    /// <summary>The warnings of a photograph, each a sentence; empty for most.</summary>
    public static string[] Of(Photograph photograph, NetworkMaps maps, IReadOnlyList<string> classes)
    {
        var warnings = new List<string>();
        for (int tag = 0; tag < maps.Tags.Length; tag++)
            if (!maps.Cam.AsSpan(tag * maps.Cells, maps.Cells).ContainsAnyExcept(0f))
                warnings.Add($"{photograph.Name}: the activation map of '{classes[maps.Tags[tag]]}' is zero everywhere, so that nothing of it is found; the tag is wrong, or the classifier has not learned that class.");
        (float least, float most) = (maps.Boundary.Min(), maps.Boundary.Max());
        if (most - least <= Constant)
            warnings.Add($"{photograph.Name}: the class boundary map is {most} everywhere, so that scores spread without a border; IRNet has learned nothing.");
        return [.. warnings];
    }

    /// <summary>Whether warnings that were noted before are all there.</summary>
    public static bool AreWhole(string[] warnings) => Array.TrueForAll(warnings, warning => warning is not null);
}
