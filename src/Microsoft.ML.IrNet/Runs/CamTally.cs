using Microsoft.ML.IrNet.Evaluation;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>What one photograph adds to a <see cref="CamThresholdSweep"/>.</summary>
/// <param name="Thresholds">Its maps at each threshold.</param>
/// <param name="Pixels">Pixels of its interpixel labels by kind: background, foreground, ignored.</param>
/// <param name="Judged">Those, background and foreground, whose truth is known.</param>
/// <param name="Right">Those of them that agree with it.</param>
internal sealed record CamTally(SemanticTally[] Thresholds, long[] Pixels, long[] Judged, long[] Right);
