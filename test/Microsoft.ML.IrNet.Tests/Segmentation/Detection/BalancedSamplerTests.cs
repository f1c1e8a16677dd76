using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Segmentation.Detection;

public sealed class BalancedSamplerTests
{
    [SkippableFact]
    public void Counts_are_those_recorded()
    {
        var golden = new GoldenSet("students/ops_sampler");
        foreach (JsonElement row in golden.Meta.GetProperty("rows").EnumerateArray())
        {
            int[] labels = Labels(row[0].GetInt32(), row[1].GetInt32(), row[2].GetInt32());
            int[] drawn = BalancedSampler.Draw(labels, row[3].GetInt32(), row[4].GetDouble(), new RandomStream(7));
            Assert.Equal(row[5].GetInt32(), drawn.Count(i => labels[i] > 0));
            Assert.Equal(row[6].GetInt32(), drawn.Count(i => labels[i] == 0));
        }
    }

    [SkippableFact]
    public void Every_candidate_of_a_kind_is_as_likely()
    {
        var golden = new GoldenSet("students/ops_sampler");
        int[] labels = Labels(40, 100, 10);
        var frequency = new float[150];
        for (int draw = 0; draw < 4000; draw++)
            foreach (int i in BalancedSampler.Draw(labels, 32, 0.25, new RandomStream(1, draw)))
                frequency[i] += 1f / 4000;
        RecordedBoxes.AssertNear(golden.Read<float>("freq"), frequency, 0.03);
    }

    [Fact]
    public void Draws_are_ascending_without_repetition_and_repeat_by_seed() => Prop.ForAll((
        from labels in Gen.Choose(-2, 3).ArrayOf()
        from count in Gen.Choose(0, 40)
        from seed in Gen.Choose(0, 1000)
        select (labels, count, seed)).ToArbitrary(), drawn =>
        {
            int[] chosen = BalancedSampler.Draw(drawn.labels, drawn.count, 0.5, new RandomStream(drawn.seed));
            Assert.Equal(chosen.Distinct().Order(), chosen);
            Assert.All(chosen, i => Assert.True(drawn.labels[i] >= 0));
            Assert.True(chosen.Length <= drawn.count);
            Assert.Equal(chosen, BalancedSampler.Draw(drawn.labels, drawn.count, 0.5, new RandomStream(drawn.seed)));
        }).QuickCheckThrowOnFailure();

    private static int[] Labels(int positive, int negative, int ignored) =>
        [.. Enumerable.Repeat(1, positive), .. Enumerable.Repeat(0, negative), .. Enumerable.Repeat(-1, ignored)];
}
