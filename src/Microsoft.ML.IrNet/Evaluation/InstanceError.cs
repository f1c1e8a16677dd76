namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>What went wrong with one drawn or found instance.</summary>
public enum InstanceError
{
    /// <summary>Nothing: a drawn instance has a mask of its class with an IoU of at least 0.5, and no other has that mask.</summary>
    None,

    /// <summary>A mask of its class that covers at least half of a drawn instance covers at least half of another one of the class too.</summary>
    Merged,

    /// <summary>Two or more masks of its class lie mostly within a drawn instance and cover at least half of it together.</summary>
    Split,

    /// <summary>A mask of another class has an IoU of at least 0.5 with a drawn instance.</summary>
    WrongClass,

    /// <summary>The best mask of its class has an IoU of 0.1 to 0.5 with a drawn instance.</summary>
    LooseMask,

    /// <summary>No mask of its class has an IoU of 0.1 with a drawn instance.</summary>
    Missed,

    /// <summary>A found instance lies where nothing is drawn, neither of its class nor, for the most part, of any other.</summary>
    FalseAlarm,
}
