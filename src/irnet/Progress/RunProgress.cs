using Microsoft.ML.IrNet.Runs;

namespace IrNetTool.Progress;

/// <summary>Shows the stages of a run.</summary>
internal sealed class RunProgress(IProgressView view) : IRunObserver
{
    public void Started(RunStage stage, long total) => view.Begin(stage.Title(), total, stage.Unit());

    public void Advanced(RunStage stage, long done, long total, string detail) => view.Advance(done, detail);

    public void Finished(RunStage stage, TimeSpan duration, bool reused)
    {
        if (reused)
            view.Pass(stage.Title(), "done by an earlier run");
        else
            view.End("done");
    }

    public void Warn(string message) => view.Warn(message);
}
