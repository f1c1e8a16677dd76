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

    /// <inheritdoc/>
    public string Description => "no drawn masks: agreement (IoU) of the masks with what a dense CRF makes of them, mean over background and the tags of each photograph";

    /// <inheritdoc/>
    public bool JudgesInstances => false;

    /// <inheritdoc/>
    public double OfSemantic(IEnumerable<(TuningSample Sample, LabelMap Map)> maps) =>
        maps.Select(entry => Agreement(entry.Sample, entry.Map)).DefaultIfEmpty(double.NaN).Average();

    /// <inheritdoc/>
    public double OfInstances(IEnumerable<(TuningSample Sample, IReadOnlyList<InstanceLabel> Instances)> instances) =>
        OfSemantic(instances.Select(entry => (entry.Sample, InstanceMaps.Semantic(entry.Sample.Image.Height, entry.Sample.Image.Width, entry.Instances))));

    /// <inheritdoc/>
    public LabelMap? ReferenceOf(TuningSample sample, ImageLabels labels) => labels.Semantic;

    private static double Agreement(TuningSample sample, LabelMap map)
    {
        int[] refined = Array.ConvertAll(map.Labels, label => (int)label);
        new WinnerRefinement(sample.Image, Crf).Refine(refined);
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
}
