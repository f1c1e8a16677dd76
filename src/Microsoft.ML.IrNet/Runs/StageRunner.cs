using System.Diagnostics;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Does stages one after the other, each only where its own options, or those of a stage before it, are not those of the work on disk.</summary>
internal sealed class StageRunner(string workFolder, SkipList skips, IRunObserver observer)
{
    private readonly StageLedger _ledger = new(workFolder);
    private readonly Dictionary<RunStage, double> _seconds = [];
    private string _fingerprint = "";
    private bool _worked;

    public IReadOnlyDictionary<RunStage, double> Seconds => _seconds;

    /// <summary>Does a stage whose outcome stays in the work folder, or finds it done.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="options">Everything that its outcome depends on, besides the stages before it.</param>
    /// <param name="work">The work; its argument tells whether what lies in the work folder was begun with the same options, and can be gone on with.</param>
    public void Run(RunStage stage, object options, Action<bool> work)
    {
        _fingerprint = StageLedger.Fingerprint(_fingerprint, options);
        // What a later stage made of the outcome before does not belong to the new one, equal or not.
        StageNote? earlier = !_worked && _ledger.Find(stage) is { } note && note.Fingerprint == _fingerprint ? note : null;
        if (earlier is { Done: true })
        {
            foreach (SkippedPhotograph photograph in earlier.Skipped)
                skips.Add(photograph);
            _seconds[stage] = earlier.Seconds;
            observer.Finished(stage, TimeSpan.FromSeconds(earlier.Seconds), reused: true);
            return;
        }
        // Noted before the work begins: a killed run must not leave files that a run with other options takes for its own.
        if (earlier is null)
            _ledger.Put(stage, new StageNote(_fingerprint, Done: false, Seconds: 0, []));
        _worked = true;
        var watch = Stopwatch.StartNew();
        bool done = false;
        try
        {
            work(earlier is not null);
            done = true;
        }
        finally
        {
            _seconds[stage] = (earlier?.Seconds ?? 0) + watch.Elapsed.TotalSeconds;
            _ledger.Put(stage, new StageNote(_fingerprint, done, _seconds[stage], skips.Photographs));
        }
        observer.Finished(stage, watch.Elapsed, reused: false);
    }

    /// <summary>Does a stage that is done in every run.</summary>
    public void Run(RunStage stage, Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        _seconds[stage] = watch.Elapsed.TotalSeconds;
        observer.Finished(stage, watch.Elapsed, reused: false);
    }
}
