using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Labelling;

/// <summary>Draws the borders of masks to the edges of the photograph by a dense CRF, as segmentations commonly are refined in the end.</summary>
/// <param name="photograph">The photograph.</param>
/// <param name="options">The CRF.</param>
internal sealed class WinnerRefinement(RgbImage photograph, DenseCrfOptions options)
{
    // Each takes a plane of the photograph's size; more than this many objects are not in a photograph.
    private const int MostWinners = 31;

    private readonly Lazy<DenseCrfModel> _crf = new(() => new DenseCrfModel(photograph.Pixels, photograph.Height, photograph.Width, options));

    /// <summary>Lets background and winners compete again. Of more than 31 winners the largest do; the others keep their pixels.</summary>
    /// <param name="winner">[height, width]: 0 background, else a winner; changed in place.</param>
    /// <param name="score">Scores of the pixels, which become 0 where the winner is another one; null for none.</param>
    public void Refine(int[] winner, float[]? score = null)
    {
        int[] largest = [.. winner.Where(w => w != 0).GroupBy(w => w).OrderByDescending(pixels => pixels.Count()).ThenBy(pixels => pixels.Key).Take(MostWinners).Select(pixels => pixels.Key)];
        if (largest.Length == 0)
            return;
        Dictionary<int, byte> labelOf = largest.Select((w, n) => (w, n)).ToDictionary(pair => pair.w, pair => (byte)(pair.n + 1));
        byte[] chosen = Array.ConvertAll(winner, w => labelOf.GetValueOrDefault(w));
        byte[] refined = DenseCrf.ArgMax(_crf.Value.Infer(LabelEnergies.Of([chosen], largest.Length + 1), largest.Length + 1), largest.Length + 1);
        for (int pixel = 0; pixel < winner.Length; pixel++)
        {
            if (refined[pixel] == chosen[pixel])
                continue;
            winner[pixel] = refined[pixel] == 0 ? 0 : largest[refined[pixel] - 1];
            if (score is not null)
                score[pixel] = 0;
        }
    }
}
