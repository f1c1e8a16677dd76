using Microsoft.ML.IrNet.Data;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Tells a run's observer of measured photographs.</summary>
internal sealed class EvaluationProgress(IRunObserver observer, IReadOnlyList<Photograph> photographs) : IProgress<int>
{
    public void Report(int value) => observer.Advanced(RunStage.Evaluate, value, photographs.Count, photographs[value - 1].Name);
}
