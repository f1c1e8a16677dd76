using Microsoft.ML.IrNet.Runs;

namespace Microsoft.ML.IrNet.Tests.Runs;

/// <summary>Notes what a run tells its observer.</summary>
internal sealed class RunEvents : IRunObserver
{
    public List<RunStage> Begun { get; } = [];

    public List<RunStage> Reused { get; } = [];

    public List<RunStage> Worked { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<LabelledPhotograph> Photographs { get; } = [];

    /// <summary>Called at each unit of work.</summary>
    public Action<RunStage, long>? OnAdvanced { get; init; }

    public void Started(RunStage stage, long total) => Begun.Add(stage);

    public void Advanced(RunStage stage, long done, long total, string detail)
    {
        Assert.InRange(done, 1, total);
        OnAdvanced?.Invoke(stage, done);
    }

    public void Finished(RunStage stage, TimeSpan duration, bool reused) => (reused ? Reused : Worked).Add(stage);

    public void Labelled(LabelledPhotograph photograph) => Photographs.Add(photograph);

    public void Warn(string message) => Warnings.Add(message);
}
