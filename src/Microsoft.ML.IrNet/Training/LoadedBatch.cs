namespace Microsoft.ML.IrNet.Training;

/// <summary>The samples of one step, in the order of the schedule; photographs that could not be read are missing from it.</summary>
internal sealed record LoadedBatch<TSample>(
    IReadOnlyList<string> Names, IReadOnlyList<TSample> Samples, IReadOnlyList<UnreadablePhotograph> Unreadable);
