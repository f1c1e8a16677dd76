namespace Microsoft.ML.IrNet.Training;

/// <summary>How the learning rate changes over a training.</summary>
internal interface IRateSchedule
{
    /// <summary>What the first rate is multiplied with before update number <paramref name="step"/>, counted from 0.</summary>
    double Factor(long step);
}
