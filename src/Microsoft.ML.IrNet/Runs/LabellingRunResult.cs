using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>What a run made and how good it is.</summary>
public sealed class LabellingRunResult : IDisposable
{
    /// <summary>The trained classifier.</summary>
    public required CamNetwork CamNetwork { get; init; }

    /// <summary>The trained IRNet.</summary>
    public required IrNetwork IrNetwork { get; init; }

    /// <summary>Quality of the masks; null where the data set has none to compare with.</summary>
    public EvaluationReport? Evaluation { get; init; }

    /// <summary>How well the classifier knows the tags it has learned.</summary>
    public ClassifierQuality? Classifier { get; init; }

    /// <summary>Quality of the activation maps alone; null where the data set has no masks.</summary>
    public CamQuality? Cam { get; init; }

    /// <summary>What each part of the method adds; empty where that was not measured.</summary>
    public required IReadOnlyList<AblationRow> Ablation { get; init; }

    /// <summary>Seconds of work a stage took, in this run or the earlier one whose work was reused.</summary>
    public required IReadOnlyDictionary<RunStage, double> Seconds { get; init; }

    /// <summary>The losses of each training, step by step.</summary>
    public required IReadOnlyDictionary<RunStage, IReadOnlyList<LossCurve>> Losses { get; init; }

    /// <summary>Photographs that were left out, with the reason.</summary>
    public required IReadOnlyCollection<SkippedPhotograph> Skipped { get; init; }

    /// <summary>What gives reason to doubt the masks, a sentence each; they were told the observer too.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Frees both networks.</summary>
    public void Dispose()
    {
        CamNetwork.Dispose();
        IrNetwork.Dispose();
    }
}
