namespace Microsoft.ML.IrNet.Training;

/// <summary>The published learning rate: rate0 (1 - step / steps)^power, where step counts the updates already made.</summary>
internal readonly record struct PolySchedule(long Steps, double Power) : IRateSchedule
{
    /// <inheritdoc/>
    public double Factor(long step) => Math.Pow(1 - (double)Math.Min(step, Steps) / Steps, Power);
}
