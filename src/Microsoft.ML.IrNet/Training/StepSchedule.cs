namespace Microsoft.ML.IrNet.Training;

/// <summary>
/// Linear warm-up, then a tenth of the rate from each milestone on, as Mask R-CNN is trained: before update i &lt; WarmUpSteps the factor is
/// start + (1 - start) i / WarmUpSteps, as torch's LinearLR has it.
/// </summary>
internal sealed record StepSchedule(long WarmUpSteps, double WarmUpStart, IReadOnlyList<long> Milestones) : IRateSchedule
{
    private const double Decay = 0.1;

    /// <inheritdoc/>
    public double Factor(long step)
    {
        double warmUp = step < WarmUpSteps ? WarmUpStart + (1 - WarmUpStart) * step / WarmUpSteps : 1;
        return warmUp * Math.Pow(Decay, Milestones.Count(milestone => step >= milestone));
    }
}
