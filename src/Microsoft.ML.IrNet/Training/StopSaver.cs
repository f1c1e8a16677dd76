namespace Microsoft.ML.IrNet.Training;

/// <summary>
/// Saves the state of a training as soon as it is asked to stop, also in the middle of a step, which on a CPU may take half a minute: until the optimiser's turn comes the state is that of
/// before the step.
/// </summary>
internal sealed class StopSaver : IDisposable
{
    // A short step comes to its end by itself, and its outcome is worth keeping.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    private readonly object _gate = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly Action _save;
    private readonly CancellationTokenRegistration _registration;
    private Task? _saving;

    /// <param name="save">Writes the state; called while nobody changes it.</param>
    /// <param name="cancellation">Asks the training to stop.</param>
    public StopSaver(Action save, CancellationToken cancellation)
    {
        _save = save;
        _registration = cancellation.Register(() => _saving = Task.Run(SaveUnlessEnded, CancellationToken.None));
    }

    /// <summary>Changes or writes the state.</summary>
    public void Change(Action change)
    {
        lock (_gate)
            change();
    }

    /// <summary>The training has ended, and saved what it wants to.</summary>
    public void Dispose()
    {
        _ended.Set();
        _registration.Dispose();
        _saving?.Wait(CancellationToken.None);
        _ended.Dispose();
    }

    private void SaveUnlessEnded()
    {
        if (_ended.Wait(Grace, CancellationToken.None))
            return;
        try
        {
            Change(_save);
        }
        catch (OutputException)
        {
            // The training meets the same error at the end of its step, and there is somebody to tell.
        }
    }
}
