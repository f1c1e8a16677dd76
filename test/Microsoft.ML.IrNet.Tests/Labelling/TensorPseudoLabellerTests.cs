using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Labelling;

/// <summary>Labels with the walk for GPUs, on the CPU.</summary>
[Collection("torch")]
public sealed class TensorPseudoLabellerTests
{
    [SkippableFact]
    public void Labels_are_the_recorded_ones() => Compare(new GoldenSet("synth_two"));

    [SkippableFact]
    public void Labels_of_two_classes_are_the_recorded_ones() => Compare(new GoldenSet("synth_three", whole: true));

    [SkippableFact]
    public void Both_walks_give_the_same_labels()
    {
        NetworkMaps maps = PseudoLabellerTests.Maps(new GoldenSet("synth_two"));
        ImageLabels expected = PseudoLabeller.Label(maps, new(), device: torch.CPU);
        ImageLabels actual = OnTensors(maps);
        Assert.Equal(expected.Instances.Select(instance => instance.ClassIndex), actual.Instances.Select(instance => instance.ClassIndex));
        for (int i = 0; i < expected.Instances.Count; i++)
            Assert.Equal(expected.Instances[i].Score, actual.Instances[i].Score, 1e-4f);
        // Rounding may move a pixel on the very edge.
        Assert.InRange(expected.Semantic.Labels.Zip(actual.Semantic.Labels).Count(pair => pair.First != pair.Second), 0, 3);
    }

    private static void Compare(GoldenSet golden)
    {
        NetworkMaps maps = PseudoLabellerTests.Maps(golden);
        PseudoLabellerTests.Compare(golden, maps, OnTensors(maps));
    }

    private static ImageLabels OnTensors(NetworkMaps maps) => PseudoLabeller.Sweep(maps, [new()], instances: true, semantic: true, tensorWalk: torch.CPU)[0];
}
