using System.Diagnostics;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Does stages one after the other, each only where its own options, or those of a stage before it, are not those of the work on disk.</summary>
internal sealed class StageRunner(string workFolder, SkipList skips, IRunObserver observer)
{
    private readonly StageLedger _ledger = new(workFolder);
    private readonly Dictionary<RunStage, double> _seconds = [];
    private string _fingerprint = "";
    private StageNote? _earlier;
    private bool _worked;

    public IReadOnlyDictionary<RunStage, double> Seconds => _seconds;

    /// <summary>Does a stage whose outcome stays in the work folder, or finds it done.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="options">Everything that its outcome depends on, besides the stages before it.</param>
    /// <param name="work">The work; its argument tells whether what lies in the work folder was begun with the same options, and can be gone on with.</param>
    /// <param name="isThere">Whether the outcome of earlier work is still where it was left; null where the work itself would notice.</param>
    public void Run(RunStage stage, object options, Action<bool> work, Func<bool>? isThere = null)
    {
        if (Earlier(stage, options) is not { Done: true } earlier || isThere?.Invoke() == false)
        {
            Work(stage, work);
            return;
        }
        foreach (SkippedPhotograph photograph in earlier.Skipped)
            skips.Add(photograph);
        _seconds[stage] = earlier.Seconds;
        observer.Finished(stage, TimeSpan.FromSeconds(earlier.Seconds), reused: true);
    }

    /// <summary>Does a stage that is done in every run, but goes on where it was stopped.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="options">Everything that its outcome depends on, besides the stages before it.</param>
    /// <param name="work">The work; its argument tells whether what lies in the work folder was begun with the same options, and can be gone on with.</param>
    public void RunAlways(RunStage stage, object options, Action<bool> work)
    {
        Earlier(stage, options);
        Work(stage, work);
    }

    /// <summary>Does a stage that is done in every run.</summary>
    public void Run(RunStage stage, Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        _seconds[stage] = watch.Elapsed.TotalSeconds;
        observer.Finished(stage, watch.Elapsed, reused: false);
    }

    // Those of this run's stages that were not found done make later ones of before worthless: what a later stage made of the outcome before does not belong to the new one, equal or not.
    private StageNote? Earlier(RunStage stage, object options)
    {
        _fingerprint = StageLedger.Fingerprint(_fingerprint, options);
        _earlier = !_worked && _ledger.Find(stage) is { } note && note.Fingerprint == _fingerprint ? note : null;
        return _earlier;
    }

    private void Work(RunStage stage, Action<bool> work)
    {
        // Noted before the work begins: a killed run must not leave files that a run with other options takes for its own.
        if (_earlier is null)
            _ledger.Put(stage, new StageNote(_fingerprint, Done: false, Seconds: 0, []));
        double before = _earlier is { Done: false } ? _earlier.Seconds : 0;
        bool begun = _earlier is not null;
        _worked = true;
        var watch = Stopwatch.StartNew();
        bool done = false;
        try
        {
            work(begun);
            done = true;
        }
        finally
        {
            _seconds[stage] = before + watch.Elapsed.TotalSeconds;
            _ledger.Put(stage, new StageNote(_fingerprint, done, _seconds[stage], skips.Photographs));
        }
        observer.Finished(stage, watch.Elapsed, reused: false);
    }
}
