using Microsoft.ML.IrNet.Data;

namespace IrNetTool.Progress;

/// <summary>Shows how many photographs are done.</summary>
internal sealed class PhotographCount(IProgressView view, IReadOnlyList<Photograph> photographs) : IProgress<int>
{
    public void Report(int value) => view.Advance(value, photographs[value - 1].Name);
}
