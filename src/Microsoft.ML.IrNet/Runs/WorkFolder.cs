using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>
/// A folder in which long work keeps what it needs to go on after it was stopped. The folder of its results belongs to one user at a time, and this one to one set of options until the
/// work is finished or started over.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string NoteFile = "work.json";
    private readonly FolderLock _lock;
    private readonly WorkNote _note;
    private bool _removed;

    private WorkFolder(string path, FolderLock held, WorkNote note)
    {
        (Path, _lock, _note) = (path, held, note);
        Write(note);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Takes a folder, which is made where missing.</summary>
    /// <param name="results">The folder of results, which nobody else may write to meanwhile.</param>
    /// <param name="path">The work folder: in that of results, or the same.</param>
    /// <param name="work">What is to be done in it, as its user calls it.</param>
    /// <param name="options">All that the outcome depends on, by name.</param>
    /// <param name="restart">Whether what lies in it is removed first.</param>
    /// <exception cref="OptionException">Work with other options was stopped in it.</exception>
    /// <exception cref="OutputException">It cannot be written, is in use, or was written by a newer version.</exception>
    public static WorkFolder Take(string results, string path, string work, SortedDictionary<string, string> options, bool restart)
    {
        FolderLock? held = null;
        try
        {
            Directory.CreateDirectory(results);
            held = FolderLock.TryTake(results) ?? throw InUse(results, path);
            Directory.CreateDirectory(path);
            AtomicFile.RemoveLeftovers(results);
            if (restart)
                Empty(path);
            RequireFree(path, work, options);
            return new WorkFolder(path, held, new WorkNote(FormatVersion.Current, FormatVersion.Program, work, Environment.ProcessId, Finished: false, options));
        }
        catch (Exception error)
        {
            held?.Dispose();
            if (error is IOException or UnauthorizedAccessException)
                throw new OutputException(path, $"cannot be used as work folder ({error.Message}); choose another or mend its permissions.", error);
            throw;
        }
    }

    /// <summary>Notes that the work is done: other work may follow in the folder.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Finish() => Write(_note with { Finished = true });

    /// <summary>Removes all that lies in it, and with <see cref="Dispose"/> the folder itself: the work is done, and nothing of it is of use any more.</summary>
    /// <exception cref="OutputException">It cannot be removed.</exception>
    public void Remove()
    {
        try
        {
            Empty(Path);
            _removed = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(Path, $"cannot be removed ({error.Message}); remove it by hand, the work is done.", error);
        }
    }

    /// <summary>Lets go of the folder, finished or not.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        try
        {
            if (_removed)
                Directory.Delete(Path);
        }
        catch (IOException)
        {
            // Somebody else has taken it meanwhile.
        }
    }

    private void Write(WorkNote note) => StateFile.Write(System.IO.Path.Combine(Path, NoteFile), note);

    /// <summary>Makes sure that a folder holds no other work that was stopped.</summary>
    /// <exception cref="OptionException">The same work was stopped, and had other options.</exception>
    /// <exception cref="OutputException">Its note cannot be read, is of other work, or was written by a newer version.</exception>
    internal static void RequireFree(string path, string work, SortedDictionary<string, string> options)
    {
        if (Read(path) is { Finished: false } earlier)
            RequireSame(path, earlier, work, options);
    }

    private static WorkNote? Read(string path)
    {
        string file = System.IO.Path.Combine(path, NoteFile);
        WorkNote? note = File.Exists(file) ? StateFile.Read<WorkNote>(file, note => note.IsWhole) : null;
        if (note?.Format > FormatVersion.Current)
            throw new OutputException(path, $"was written by version {note.Program}, which this version ({FormatVersion.Program}) cannot go on with; use that version, start over (--restart, Restart), or give another folder.");
        return note;
    }

    private static void RequireSame(string path, WorkNote earlier, string work, SortedDictionary<string, string> options)
    {
        if (earlier.Work != work)
            throw new OutputException(path, $"holds the state of '{earlier.Work}', which is not finished; finish that first, start over (--restart, Restart), or give another folder.");
        if (NamedOptions.FirstDifference(earlier.Options, options) is { } name)
            throw new OptionException(name, $"is {Shown(options, name)}, but what was stopped in {path} was started with {Shown(earlier.Options, name)}; use that again, start over (--restart, Restart), or give another folder.");
    }

    private static string Shown(SortedDictionary<string, string> options, string name)
    {
        const int Longest = 80;
        string value = options.GetValueOrDefault(name, "nothing of that name");
        return value.Length <= Longest ? value : value[..Longest] + "...";
    }

    private static OutputException InUse(string results, string path)
    {
        string by = "";
        try
        {
            by = Read(path) is { } note ? $" by process {note.Process} ({note.Work})" : "";
        }
        catch (Exception error) when (error is IrNetException or IOException or UnauthorizedAccessException)
        {
            // Who it is would have been good to know; that somebody is there is enough.
        }
        return new OutputException(results, $"is in use{by}; wait for its end, or give another folder.");
    }

    private static void Empty(string path)
    {
        foreach (string folder in Directory.EnumerateDirectories(path))
            Directory.Delete(folder, recursive: true);
        foreach (string file in Directory.EnumerateFiles(path).Where(file => System.IO.Path.GetFileName(file) != FolderLock.FileName))
            File.Delete(file);
    }
}
