namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>Parts of labels that some formats have no place for.</summary>
[Flags]
internal enum LabelContent
{
    None = 0,

    /// <summary>How sure the labeller is.</summary>
    Scores = 1,

    /// <summary>Regions of objects too many to be told apart.</summary>
    Crowds = 2,

    /// <summary>Instances without a pixel.</summary>
    EmptyMasks = 4,

    /// <summary>What the semantic map says beyond the instances.</summary>
    SemanticMaps = 8,
}
