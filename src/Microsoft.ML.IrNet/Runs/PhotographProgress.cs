using Microsoft.ML.IrNet.Data;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Tells a run's observer of the photographs that a stage is done with.</summary>
internal sealed class PhotographProgress(IRunObserver observer, RunStage stage, IReadOnlyList<Photograph> photographs) : IProgress<int>
{
    public void Report(int value) => observer.Advanced(stage, value, photographs.Count, photographs[value - 1].Name);
}
