namespace IrNetTool.Doctor;

/// <summary>All that <c>irnet doctor</c> looks at. Torch comes last: a native library may end the process, and by then the rest has been told.</summary>
internal static class Examination
{
    private static readonly (string Subject, Func<IEnumerable<Finding>> Examine)[] _parts =
    [
        ("versions", VersionFindings.Examine),
        ("system", SystemFindings.Examine),
        ("environment", EnvironmentFindings.Examine),
        ("folders", FolderFindings.Examine),
        ("SkiaSharp", ImageFindings.Examine),
        ("torch", TorchFindings.Examine),
    ];

    /// <summary>Looks at one thing after the other.</summary>
    public static IEnumerable<Finding> Run() => _parts.SelectMany(part => Guarded(part.Subject, part.Examine));

    // Whatever is wrong with one part, the others are to be told.
    private static IReadOnlyList<Finding> Guarded(string subject, Func<IEnumerable<Finding>> examine)
    {
        try
        {
            return [.. examine()];
        }
        catch (Exception error)
        {
            return [new Finding(subject, $"could not be examined: {error.Message} ({error.GetType().Name})", FindingKind.Problem, "report this line")];
        }
    }
}
