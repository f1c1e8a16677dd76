namespace Microsoft.ML.IrNet.Tuning;

/// <summary>One value of one option that was tried, all others as they were by then.</summary>
/// <param name="Round">0-based.</param>
/// <param name="Option">The option, such as <c>Labels.Walk.Beta</c>.</param>
/// <param name="Value">The value.</param>
/// <param name="Score">What it gave by the criterion, higher is better; NaN where nothing could be measured.</param>
/// <param name="Chosen">Whether it was the best of the option's values.</param>
public sealed record TuningTrial(int Round, string Option, double Value, double Score, bool Chosen);
