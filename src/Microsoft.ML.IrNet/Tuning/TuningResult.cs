using System.Globalization;
using System.Text;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Notebooks;

namespace Microsoft.ML.IrNet.Tuning;

/// <summary>What tuning has found.</summary>
/// <param name="Options">The best options.</param>
/// <param name="Criterion">How a trial was judged, as a sentence.</param>
/// <param name="Photographs">How many photographs were tried.</param>
/// <param name="Before">The criterion of the finished masks with the options that were started from.</param>
/// <param name="After">The same with the best ones.</param>
/// <param name="Trials">All that was tried, in order: the curves of the options.</param>
[TypeFormatterSource(typeof(NotebookFormatterSource))]
public sealed record TuningResult(TunedOptions Options, string Criterion, int Photographs, double Before, double After, IReadOnlyList<TuningTrial> Trials)
{
    /// <summary>Writes the trials as CSV: round,option,value,score,chosen.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public void SaveTrials(string path)
    {
        var text = new StringBuilder("round,option,value,score,chosen\n");
        foreach (TuningTrial trial in Trials)
            text.Append(CultureInfo.InvariantCulture, $"{trial.Round},{trial.Option},{trial.Value:R},{trial.Score:F5},{(trial.Chosen ? 1 : 0)}\n");
        AtomicFile.WriteText(path, text.ToString());
    }
}
