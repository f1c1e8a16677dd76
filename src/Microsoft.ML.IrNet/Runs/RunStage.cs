namespace Microsoft.ML.IrNet.Runs;

/// <summary>The stages of a labelling run, in order (paper, fig. 2), and what may follow it.</summary>
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

    /// <summary>Mask R-CNN learns from the instance masks (paper section 5).</summary>
    TrainMaskRcnn,

    /// <summary>DeepLab learns from the semantic maps (paper section 5).</summary>
    TrainDeepLab,

    /// <summary>A trained student makes masks of photographs.</summary>
    Predict,
}
