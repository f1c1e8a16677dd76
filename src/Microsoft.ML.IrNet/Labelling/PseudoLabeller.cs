using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Numerics;
using TorchSharp;

namespace Microsoft.ML.IrNet.Labelling;

/// <summary>
/// Makes instance and semantic masks from network outputs (Ahn, Cho, Kwak, CVPR 2019, section 5): class activations are split by the instances that the
/// displacement field shows, spread by a random walk up to the class boundaries, and compete for each pixel of the photograph.
/// </summary>
public static class PseudoLabeller
{
    private const int MapsAtOnce = 16;

    /// <summary>Labels one photograph. One walk serves both results: a class's scores are the sum of its instances' scores.</summary>
    /// <param name="maps">What the networks gave.</param>
    /// <param name="options">Thresholds, walk and clustering.</param>
    /// <param name="instances">Whether instances are wanted; without, the list is empty.</param>
    /// <param name="semantic">Whether the semantic map is wanted; without, it is all background.</param>
    /// <param name="device">Where scores walk; the CPU where null. All else is done on the CPU.</param>
    /// <param name="photograph">The photograph, of the maps' size; used by <see cref="PseudoLabelOptions.Crf"/> alone.</param>
    /// <returns>
    /// Instances with disjoint masks, ordered by class and cluster, those of tiny parts with score 0; and the semantic map. Where there is no tag or nothing is found
    /// there is no instance and the map is all background.
    /// </returns>
    /// <exception cref="OptionException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">A CRF is wanted and the photograph is missing or of another size.</exception>
    public static ImageLabels Label(
        NetworkMaps maps, PseudoLabelOptions options, bool instances = true, bool semantic = true, torch.Device? device = null, RgbImage? photograph = null)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(options);
        return Sweep(maps, [options], instances, semantic, TensorWalk(device), photograph)[0];
    }

    /// <summary>Where to walk with tensor operations; null on the CPU, where the walk in C# is the faster one.</summary>
    internal static torch.Device? TensorWalk(torch.Device? device) => device?.type == DeviceType.CPU ? null : device;

    /// <summary>Labels one photograph with several background thresholds, for which one walk serves.</summary>
    /// <param name="maps">What the networks gave.</param>
    /// <param name="options">At least one; all the same but for those that <see cref="WithoutThresholds"/> takes away.</param>
    /// <param name="instances">Whether instances are wanted.</param>
    /// <param name="semantic">Whether the semantic map is wanted.</param>
    /// <param name="tensorWalk">Where to walk with tensor operations, which may be the CPU; null for the walk in C#.</param>
    /// <param name="photograph">What a CRF needs.</param>
    /// <param name="centroids">Where each cell ends, of <see cref="Centroids.Find"/>; null to find out.</param>
    internal static ImageLabels[] Sweep(
        NetworkMaps maps, IReadOnlyList<PseudoLabelOptions> options, bool instances, bool semantic, torch.Device? tensorWalk, RgbImage? photograph = null, int[]? centroids = null)
    {
        foreach (PseudoLabelOptions each in options)
            each.Validate();
        PseudoLabelOptions shared = options[0];
        WinnerRefinement? refinement = Refinement(maps, shared, photograph);
        InstanceClusters clusters = instances && shared.UseDisplacement && maps.Tags.Length > 0
            ? InstanceClusters.Find(
                maps.Displacement, maps.Rows, maps.Columns, centroids ?? Centroids.Find(maps.Displacement, maps.Rows, maps.Columns, shared.CentroidIterations), shared.CentroidDistance)
            : InstanceClusters.One(maps.Cells);
        ScoreMaps[] instanceScores = instances ? [.. options.Select(each => new ScoreMaps(maps, Threshold(each, each.BackgroundThreshold), shared.UseBoundaries))] : [];
        var classScores = maps.Tags.Select(_ => semantic ? new float[maps.Cells] : []).ToArray();
        Score(maps, shared, clusters, tensorWalk, (tag, scores) =>
        {
            for (int cell = 0; cell < classScores[tag].Length; cell++)
                classScores[tag][cell] += scores[cell];
            foreach (ScoreMaps taking in instanceScores)
                taking.Add(maps.Tags[tag], scores);
        });
        return [.. options.Select((each, n) => new ImageLabels(
            instances ? FindInstances(maps, each, instanceScores[n], refinement) : [],
            new LabelMap(maps.Height, maps.Width, semantic ? FindClasses(maps, each, classScores, refinement) : new byte[maps.Height * maps.Width])))];
    }

    /// <summary>Options but for the background thresholds, which matter after the walk alone.</summary>
    internal static PseudoLabelOptions WithoutThresholds(PseudoLabelOptions options) =>
        options with { CamBackgroundThreshold = 0, BackgroundThreshold = 0, SemanticBackgroundThreshold = 0 };

    private static WinnerRefinement? Refinement(NetworkMaps maps, PseudoLabelOptions options, RgbImage? photograph)
    {
        if (options.Crf is not { } crf)
            return null;
        if (photograph is null)
            throw new ArgumentException($"{nameof(PseudoLabelOptions)}.{nameof(PseudoLabelOptions.Crf)} needs the photograph.", nameof(photograph));
        if (photograph.Height != maps.Height || photograph.Width != maps.Width)
            throw new ArgumentException($"The photograph is {photograph.Height} x {photograph.Width}, the maps are of one of {maps.Height} x {maps.Width} (height x width).", nameof(photograph));
        return new WinnerRefinement(photograph, crf);
    }

    private static float Threshold(PseudoLabelOptions options, float threshold) =>
        options.UseBoundaries ? threshold : options.CamBackgroundThreshold;

    /// <summary>Hands on the scores of every class and cluster that has any, by class, then by cluster.</summary>
    private static void Score(NetworkMaps maps, PseudoLabelOptions options, InstanceClusters clusters, torch.Device? tensorWalk, Action<int, float[]> add)
    {
        bool walks = options.UseBoundaries && maps.Tags.Length > 0;
        RandomWalk? walk = walks && tensorWalk is null ? new RandomWalk(maps.Boundary, maps.Rows, maps.Columns, options.Walk) : null;
        using TensorRandomWalk? onDevice = walks && tensorWalk is not null ? new TensorRandomWalk(maps.Boundary, maps.Rows, maps.Columns, options.Walk, tensorWalk) : null;
        float[] cam = options.CamPower == 1 ? maps.Cam : Array.ConvertAll(maps.Cam, value => MathF.Pow(value, options.CamPower));
        foreach (int[] chunk in ActiveMaps(cam, maps, clusters).Chunk(MapsAtOnce))
        {
            var split = new float[chunk.Length * maps.Cells];
            for (int i = 0; i < chunk.Length; i++)
            {
                var (tag, cluster) = Math.DivRem(chunk[i], clusters.Count);
                for (int cell = 0; cell < maps.Cells; cell++)
                    if (clusters.OfCell[cell] == cluster)
                        split[i * maps.Cells + cell] = cam[tag * maps.Cells + cell];
            }
            float[] scores = walk?.Propagate(split, chunk.Length) ?? onDevice?.Propagate(split, chunk.Length) ?? split;
            for (int i = 0; i < chunk.Length; i++)
                add(chunk[i] / clusters.Count, scores.AsSpan(i * maps.Cells, maps.Cells).ToArray());
        }
    }

    /// <summary>The pairs of class and cluster (class x clusters + cluster) with any activation, ascending.</summary>
    private static IEnumerable<int> ActiveMaps(float[] cam, NetworkMaps maps, InstanceClusters clusters)
    {
        var active = new bool[maps.Tags.Length * clusters.Count];
        for (int i = 0; i < cam.Length; i++)
            if (cam[i] > 0)
                active[i / maps.Cells * clusters.Count + clusters.OfCell[i % maps.Cells]] = true;
        return Enumerable.Range(0, active.Length).Where(map => active[map]);
    }

    private static IReadOnlyList<InstanceLabel> FindInstances(NetworkMaps maps, PseudoLabelOptions options, ScoreMaps scores, WinnerRefinement? refinement)
    {
        var (winner, score) = scores.Compete();
        refinement?.Refine(winner, score);
        return Detections.Find(winner, score, maps.Height, maps.Width, scores.Tags, (double)maps.Height * maps.Width * options.MinimumAreaShare);
    }

    private static byte[] FindClasses(NetworkMaps maps, PseudoLabelOptions options, float[][] classScores, WinnerRefinement? refinement)
    {
        var scores = new ScoreMaps(maps, Threshold(options, options.SemanticBackgroundThreshold), options.UseBoundaries);
        for (int tag = 0; tag < classScores.Length; tag++)
            scores.Add(maps.Tags[tag], classScores[tag]);
        IReadOnlyList<int> tags = scores.Tags;
        int[] winners = scores.Compete().Winner;
        refinement?.Refine(winners);
        return Array.ConvertAll(winners, winner => winner == 0 ? (byte)0 : (byte)(tags[winner - 1] + 1));
    }
}
