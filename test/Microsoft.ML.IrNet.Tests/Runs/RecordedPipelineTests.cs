using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Networks;

namespace Microsoft.ML.IrNet.Tests.Runs;

/// <summary>The published steps one after the other, each on what the one before it gave, from photographs to masks.</summary>
[Collection("torch")]
public sealed class RecordedPipelineTests(RecordedPipelineTests.Pipeline pipeline) : IClassFixture<RecordedPipelineTests.Pipeline>
{
    private const double Enough = 0.99;

    [SkippableTheory]
    [InlineData("syn1")]
    [InlineData("syn0")]
    [InlineData("coffee")]
    [InlineData("rocket")]
    [InlineData("cat")]
    public void Masks_are_those_of_the_published_code(string name)
    {
        var golden = new GoldenSet("e2e");
        int[] shape = golden.Shape($"{name}_img");
        var image = new RgbImage(shape[0], shape[1], golden.Read<byte>($"{name}_img"));
        int[] tags = [.. golden.Read<long>($"{name}_keys").Select(tag => (int)tag)];

        ClassActivation activation = pipeline.Cams.Compute(image, tags, fullResolution: true);
        RecordedNetworks.AssertClose(golden, $"{name}_cam", activation.Cam);

        LabelMap interPixel = InterPixelLabels.Compute(image, activation.FullResolution!, activation.Tags, new InterPixelLabelOptions());
        AssertAlike(golden.Read<byte>($"{name}_ir_label"), interPixel.Labels, "interpixel labels");

        ImageLabels labels = PseudoLabeller.Label(activation.With(pipeline.Fields.Compute(image)), new PseudoLabelOptions());
        AssertAlike(golden.Read<byte>($"{name}_sem"), labels.Semantic.Labels, "semantic map");
        int[] recorded = golden.Read<int>($"{name}_ins_index_map"), found = IndexMap(labels);
        AssertAlike(recorded, Renumbered(found, recorded), "instances");

        // The sure instances agree in class and score; which of the slivers of a few pixels exist may differ.
        long[] classes = golden.Read<long>($"{name}_ins_class");
        float[] scores = golden.Read<float>($"{name}_ins_score");
        (int, float)[] expected = [.. classes.Zip(scores, (tag, score) => ((int)tag, score)).Where(instance => instance.score > 0).Order()];
        (int, float)[] actual = [.. labels.Instances.Select(instance => (instance.ClassIndex, instance.Score)).Where(instance => instance.Score > 0).Order()];
        Assert.Equal(expected.Select(instance => instance.Item1), actual.Select(instance => instance.Item1));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Item2, pair.Second.Item2, 0.01f));
    }

    private static void AssertAlike<T>(T[] expected, T[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double same = (double)expected.Zip(actual).Count(pair => Equals(pair.First, pair.Second)) / expected.Length;
        Assert.True(same >= Enough, $"{what}: {100 * same:F2} % of the pixels are equal.");
    }

    /// <summary>0 where there is no instance, else its place in the list, from 1.</summary>
    private static int[] IndexMap(ImageLabels labels)
    {
        var map = new int[labels.Semantic.Labels.Length];
        for (int i = 0; i < labels.Instances.Count; i++)
        {
            byte[] mask = labels.Instances[i].Mask.ToRowMajor();
            for (int p = 0; p < map.Length; p++)
                if (mask[p] != 0)
                    map[p] = i + 1;
        }
        return map;
    }

    /// <summary>Gives each instance the number of the recorded one that it overlaps most; no two get the same.</summary>
    private static int[] Renumbered(int[] found, int[] recorded)
    {
        var numbers = new Dictionary<int, int> { [0] = 0 };
        foreach (var ((index, number), _) in found.Zip(recorded).Where(pair => pair.First != 0 && pair.Second != 0).CountBy(pair => pair).OrderByDescending(overlap => overlap.Value))
            if (!numbers.ContainsValue(number))
                numbers.TryAdd(index, number);
        return [.. found.Select(index => numbers.GetValueOrDefault(index, -1))];
    }

    /// <summary>The recorded networks, loaded for the first case that is not skipped.</summary>
    public sealed class Pipeline : IDisposable
    {
        private readonly Lazy<ClassActivationMapper> _cams = new(() => new(RecordedNetworks.Cam()));
        private readonly Lazy<BoundaryDisplacementMapper> _fields = new(() => new(RecordedNetworks.Ir()));

        public ClassActivationMapper Cams => _cams.Value;

        public BoundaryDisplacementMapper Fields => _fields.Value;

        public void Dispose()
        {
            if (_cams.IsValueCreated)
                Cams.Dispose();
            if (_fields.IsValueCreated)
                Fields.Dispose();
        }
    }
}
