namespace Microsoft.ML.IrNet.Runs;

/// <summary>Follows a run: a progress display, a log, or nothing. Calls come one at a time.</summary>
public interface IRunObserver
{
    /// <summary>A stage begins. Not called for a stage whose work an earlier run did.</summary>
    /// <param name="stage">What it does.</param>
    /// <param name="total">Its units of work: optimiser steps or photographs.</param>
    void Started(RunStage stage, long total);

    /// <summary>A unit of work is done.</summary>
    /// <param name="stage">The running stage.</param>
    /// <param name="done">Units done so far, those of an interrupted earlier run included.</param>
    /// <param name="total">Units in all.</param>
    /// <param name="detail">Losses of the step, or the photograph's name.</param>
    void Advanced(RunStage stage, long done, long total, string detail);

    /// <summary>A stage is over.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="duration">How long its work took.</param>
    /// <param name="reused">True where an earlier run with the same options had done it.</param>
    void Finished(RunStage stage, TimeSpan duration, bool reused);

    /// <summary>A photograph has its masks.</summary>
    void Labelled(LabelledPhotograph photograph)
    {
    }

    /// <summary>Something the user should know that does not stop the run.</summary>
    void Warn(string message);
}
