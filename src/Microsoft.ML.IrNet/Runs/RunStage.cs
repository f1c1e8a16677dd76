namespace Microsoft.ML.IrNet.Runs;

/// <summary>The stages of a labelling run, in order (paper, fig. 2).</summary>
public enum RunStage
{
    /// <summary>The classifier learns the tags.</summary>
    TrainCam,

    /// <summary>Class activation maps, and from them interpixel labels by a dense CRF.</summary>
    InterPixelLabels,

    /// <summary>IRNet learns boundaries and displacements from the interpixel labels.</summary>
    TrainIrNet,

    /// <summary>The mean displacement over all photographs, which inference subtracts.</summary>
    MeanDisplacement,

    /// <summary>Random walks grow the seeds into instance and semantic masks.</summary>
    Label,

    /// <summary>The masks are measured against drawn ones; only where the data set has any.</summary>
    Evaluate,
}
