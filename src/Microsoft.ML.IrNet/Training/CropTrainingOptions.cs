namespace Microsoft.ML.IrNet.Training;

/// <summary>What the classifier's and IRNet's trainings have in common: square crops and a polynomial schedule. The defaults are the published recipe.</summary>
public abstract record CropTrainingOptions : TrainingOptions
{
    /// <inheritdoc/>
    public override double LearningRate { get; init; } = 0.1;

    /// <summary>
    /// From 0 to below 1. The published code hands its weight decay to the optimiser in momentum's place, so it has trained with 1e-4,
    /// which is the default here; 0.9 is what its authors probably had in mind, and wants a smaller <see cref="LearningRate"/>.
    /// </summary>
    public override double Momentum { get; init; } = 1e-4;

    /// <summary>Learning rate = first rate x (1 - step / steps)^power; at least 0.</summary>
    public double PolyPower { get; init; } = 0.9;

    /// <summary>Side of the square that is cut out of each photograph, in pixels. A multiple of 16, at least 32.</summary>
    public int CropSize { get; init; } = 512;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(nameof(PolyPower), PolyPower >= 0 && double.IsFinite(PolyPower), $"is {PolyPower}; it must not be below 0.");
        Require(nameof(CropSize), CropSize >= 32 && CropSize % 16 == 0, $"is {CropSize}; it must be a multiple of 16, at least 32.");
    }

    internal override IRateSchedule Rates(long steps) => new PolySchedule(steps, PolyPower);

    internal override Dictionary<string, string> Recipe() => new(base.Recipe())
    {
        [nameof(PolyPower)] = Text(PolyPower),
        [nameof(CropSize)] = Text(CropSize),
    };
}
