namespace Microsoft.ML.IrNet.Training;

/// <summary>The photographs that a run does without, reported as they are found, or the error that ends a strict run.</summary>
/// <param name="options">Say whom to tell, and whether the run is strict.</param>
/// <param name="earlier">What is left out already.</param>
internal sealed class LeftOutPhotographs(TrainingOptions options, IReadOnlyList<UnreadablePhotograph>? earlier = null)
{
    private readonly List<UnreadablePhotograph> _all = [.. earlier ?? []];

    public IReadOnlyList<UnreadablePhotograph> All => _all;

    /// <summary>Whether an error means that the photograph is bad, and not the program.</summary>
    public static bool IsUnreadable(Exception error) => error is IrNetException or IOException or UnauthorizedAccessException;

    public bool Contains(string name) => _all.Exists(photograph => photograph.Name == name);

    /// <summary>Does what reads a photograph outside the batches, unless it is, or now becomes, one to do without.</summary>
    public void Try(string name, Action read)
    {
        if (Contains(name))
            return;
        try
        {
            read();
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            Add(new UnreadablePhotograph(name, error));
        }
    }

    public void Add(UnreadablePhotograph photograph)
    {
        if (options.Strict)
            throw new TrainingException(photograph.Name, $"could not be read ({photograph.Error.Message}); mend or remove it, or train without Strict.", photograph.Error);
        _all.Add(photograph);
        options.OnUnreadable?.Invoke(photograph);
    }
}
