namespace Microsoft.ML.IrNet.Tuning;

/// <summary>What an option matters to, and is judged by.</summary>
internal enum TuningTarget
{
    /// <summary>Semantic maps of the activation maps alone, without any walk.</summary>
    Cam,

    /// <summary>Semantic maps.</summary>
    Semantic,

    /// <summary>Instances.</summary>
    Instances,

    /// <summary>How instances are told apart, which takes drawn ones to judge.</summary>
    InstanceSplit,

    /// <summary>Semantic maps and instances: the mean of both scores.</summary>
    Both,

    /// <summary>Interpixel labels: the share of pixels that are right less those that are wrong, mean of background and objects.</summary>
    InterPixelLabels,
}
