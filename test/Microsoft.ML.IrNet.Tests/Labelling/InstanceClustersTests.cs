using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Labelling;

public sealed class InstanceClustersTests
{
    private const float Distance = 2.5f;

    [SkippableTheory]
    [InlineData("two_40x50")]
    [InlineData("three_noise_47x63")]
    [InlineData("rough_30x41")]
    [InlineData("overshoot_40x50")]
    [InlineData("const_field_20x25")]
    [InlineData("zero_field_20x25")]
    [InlineData("all_strong_20x25")]
    [InlineData("quantised_half_40x50")]
    public void Centroids_and_clusters_are_the_recorded_ones(string name) => Compare(new GoldenSet("inst"), name);

    [SkippableTheory]
    [InlineData("five_noise_60x80")]
    [InlineData("gain_small_40x50")]
    [InlineData("voc_94x125")]
    [InlineData("net_cat")]
    [InlineData("net_rocket")]
    [InlineData("net_syn0")]
    public void Centroids_and_clusters_of_larger_fields_are_the_recorded_ones(string name) => Compare(new GoldenSet("inst", whole: true), name);

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public void Centroids_after_few_iterations_are_the_recorded_ones(int iterations)
    {
        var golden = new GoldenSet("inst");
        AssertCentroids(golden.Read<int>($"two_40x50_centroids_it{iterations}"), Centroids.Find(golden.Read<float>("two_40x50_dp"), 40, 50, iterations), 50);
    }

    [Fact]
    public void Single_cell_is_its_own_cluster() =>
        Assert.Equal([0], InstanceClusters.Find([100, -100], 1, 1, Centroids.Find([100, -100], 1, 1, 300), Distance).OfCell);

    private static void Compare(GoldenSet golden, string name)
    {
        int[] shape = golden.Shape($"{name}_dp");
        float[] field = golden.Read<float>($"{name}_dp");
        AssertCentroids(golden.Read<int>($"{name}_centroids"), Centroids.Find(field, shape[1], shape[2], 300), shape[2]);

        var calm = new int[shape[1] * shape[2]];
        ConnectedComponents.Label<bool>(InstanceClusters.CalmCells(field, calm.Length, Distance), shape[1], shape[2], calm);
        Assert.Equal(golden.Read<int>($"{name}_weak_cc"), calm);

        InstanceClusters clusters = InstanceClusters.Find(field, shape[1], shape[2], Centroids.Find(field, shape[1], shape[2], 300), Distance);
        Assert.Equal(golden.Read<int>($"{name}_cluster_map"), clusters.OfCell);
        Assert.Equal(golden.Meta.GetProperty(name).GetProperty("K").GetInt32(), clusters.Count);
    }

    private static void AssertCentroids(int[] expected, int[] cells, int columns) =>
        Assert.Equal(expected, cells.Select(cell => cell / columns).Concat(cells.Select(cell => cell % columns)));
}
