using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>A training that came to its end, in this call or in an earlier one.</summary>
/// <param name="Stage">What it is among the stages of a run.</param>
/// <param name="Seconds">How long it worked, before it was stopped and afterwards.</param>
/// <param name="Losses">Of each step, the loss that is minimised first.</param>
public sealed record FinishedTraining(RunStage Stage, double Seconds, IReadOnlyList<LossCurve> Losses);
