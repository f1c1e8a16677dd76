namespace Microsoft.ML.IrNet.Export;

/// <summary>What was taken to another format or from it.</summary>
/// <param name="Photographs">How many photographs.</param>
/// <param name="Instances">How many instances of them.</param>
/// <param name="Losses">What could not be carried as it was, a clause with its count each; empty where all was.</param>
public sealed record LabelExchangeReport(int Photographs, int Instances, IReadOnlyList<string> Losses);
