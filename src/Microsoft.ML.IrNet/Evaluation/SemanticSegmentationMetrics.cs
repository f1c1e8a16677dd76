using Microsoft.ML.IrNet.Notebooks;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>How well predicted semantic maps agree with drawn ones, in 0..1.</summary>
/// <param name="Images">Photographs that were measured.</param>
/// <param name="WithoutTruth">Photographs left out because their drawn map is empty.</param>
/// <param name="MeanIoU">Mean of the classes that occur, background included; NaN where none does.</param>
/// <param name="PerClassIoU">By the name of the class, "background" first; NaN where a class is neither drawn nor predicted. Classes without names are called "1", "2", ... after their labels.</param>
[TypeFormatterSource(typeof(NotebookFormatterSource))]
public sealed record SemanticSegmentationMetrics(int Images, int WithoutTruth, double MeanIoU, IReadOnlyDictionary<string, double> PerClassIoU);
