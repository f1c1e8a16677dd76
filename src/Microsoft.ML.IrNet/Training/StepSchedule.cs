namespace Microsoft.ML.IrNet.Training;

/// <summary>A tenth of the rate from each milestone on.</summary>
internal sealed record StepSchedule(IReadOnlyList<long> Milestones) : IRateSchedule
{
    private const double Decay = 0.1;

    /// <inheritdoc/>
    public double Factor(long step) => Math.Pow(Decay, Milestones.Count(milestone => step >= milestone));
}
