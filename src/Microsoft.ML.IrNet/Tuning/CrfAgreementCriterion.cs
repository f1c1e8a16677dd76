using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Tuning;

/// <summary>
/// Judges without drawn masks: a mask that ends where the colours of the photograph change stays as it is when a dense CRF refines it. The score of a photograph is the mean, over background and
/// its tags, of the IoU of a mask before and after; a tag without any pixel, and a photograph without background, count 0, so that neither nothing nor everything is a good answer.
/// </summary>
internal sealed class CrfAgreementCriterion : ITuningCriterion
{
    private static readonly DenseCrfOptions Crf = new();

    // The CRF of the photograph that was judged last: building it takes as long as using it, and all values of an option are judged on a photograph before the next one.
    private (TuningSample Sample, WinnerRefinement Refinement)? _last;

    /// <inheritdoc/>
    public string Description => "no drawn masks: agreement (IoU) of the masks with what a dense CRF makes of them, mean over background and the tags of each photograph";

    /// <inheritdoc/>
    public bool JudgesInstances => false;

    /// <inheritdoc/>
    public ITuningTally Semantic() => new Tally(this, (_, labels) => labels.Semantic);

    /// <inheritdoc/>
    public ITuningTally Instances() => new Tally(this, (sample, labels) => InstanceMaps.Semantic(sample.Image.Height, sample.Image.Width, labels.Instances));

    /// <inheritdoc/>
    public LabelMap? ReferenceOf(TuningSample sample, Func<LabelMap> semantic) => semantic();

    private WinnerRefinement RefinementOf(TuningSample sample)
    {
        if (!ReferenceEquals(_last?.Sample, sample))
            _last = (sample, new WinnerRefinement(sample.Image, Crf));
        return _last.Value.Refinement;
    }

    private double Agreement(TuningSample sample, LabelMap map)
    {
        int[] refined = Array.ConvertAll(map.Labels, label => (int)label);
        RefinementOf(sample).Refine(refined);
        int[] labels = [0, .. sample.Maps.Tags.Select(tag => tag + 1)];
        return labels.Average(label =>
        {
            (long both, long either) = (0, 0);
            for (int pixel = 0; pixel < refined.Length; pixel++)
            {
                (bool before, bool after) = (map.Labels[pixel] == label, refined[pixel] == label);
                both += before && after ? 1 : 0;
                either += before || after ? 1 : 0;
            }
            return either == 0 ? 0 : (double)both / either;
        });
    }

    private sealed class Tally(CrfAgreementCriterion criterion, Func<TuningSample, ImageLabels, LabelMap> map) : ITuningTally
    {
        private readonly List<double> _agreements = [];

        public double Score => _agreements.DefaultIfEmpty(double.NaN).Average();

        public void Add(TuningSample sample, ImageLabels labels) => _agreements.Add(criterion.Agreement(sample, map(sample, labels)));
    }
}
