namespace Microsoft.ML.IrNet.Training;

/// <summary>
/// A rate that first rises linearly, as torch's LinearLR has it: before update i &lt; Steps that of the schedule times start + (1 - start) i / Steps.
/// </summary>
internal sealed record WarmUpSchedule(IRateSchedule Schedule, long Steps, double Start) : IRateSchedule
{
    /// <inheritdoc/>
    public double Factor(long step) => Schedule.Factor(step) * (step < Steps ? Start + (1 - Start) * step / Steps : 1);
}
