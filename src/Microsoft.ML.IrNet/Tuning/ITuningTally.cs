using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tuning;

/// <summary>Judges one value of an option, photograph by photograph.</summary>
internal interface ITuningTally
{
    /// <summary>Counts a photograph.</summary>
    /// <param name="sample">The photograph.</param>
    /// <param name="labels">What the value made of it.</param>
    void Add(TuningSample sample, ImageLabels labels);

    /// <summary>The score of all photographs so far, higher is better; NaN where nothing could be measured.</summary>
    double Score { get; }
}
