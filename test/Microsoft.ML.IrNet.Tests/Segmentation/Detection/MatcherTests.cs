using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Segmentation.Detection;

public sealed class MatcherTests
{
    [SkippableTheory]
    [InlineData("rpn", 0.7f, 0.3f, true)]
    [InlineData("rpn_nolow", 0.7f, 0.3f, false)]
    [InlineData("roi", 0.5f, 0.5f, false)]
    [InlineData("roi_low", 0.5f, 0.5f, true)]
    public void Matches_by_overlap_are_those_recorded(string name, float high, float low, bool keepLowQuality)
    {
        var golden = new GoldenSet("students/ops_matcher");
        (int truths, int candidates) = (golden.Shape("quality")[0], golden.Shape("quality")[1]);
        float[] quality = golden.Read<float>("quality");
        int[] matches = new Matcher(high, low, keepLowQuality)
            .Match(truths, candidates, (truth, overlaps) => quality.AsSpan(truth * candidates, candidates).CopyTo(overlaps));
        Assert.Equal(golden.Whole("match_" + name), matches);
    }

    [SkippableFact]
    public void Matches_of_boxes_are_those_recorded()
    {
        var golden = new GoldenSet("students/ops_matcher");
        BoundingBox[] truth = golden.Boxes("gt"), anchors = golden.Boxes("anchors");
        Assert.Equal(golden.Whole("iou_match_rpn"), new Matcher(0.7f, 0.3f, true).Match(truth, anchors));
        Assert.Equal(golden.Whole("iou_match_roi"), new Matcher(0.5f, 0.5f, false).Match(truth, anchors));
    }

    [Fact]
    public void Matches_are_those_of_one_pair_after_the_other() => Prop.ForAll((
        from truth in RecordedBoxes.Any.ListOf()
        from candidates in RecordedBoxes.Any.ListOf()
        from keepLowQuality in Gen.Elements(true, false)
        select (truth, candidates, keepLowQuality)).ToArbitrary(), drawn =>
        {
            (BoundingBox[] truth, BoundingBox[] candidates) = ([.. drawn.truth], [.. drawn.candidates]);
            float[][] overlaps = [.. truth.Select(a => candidates.Select(b => Boxes.IntersectionOverUnion(a, b)).ToArray())];
            int[] expected = [.. Enumerable.Range(0, candidates.Length).Select(i =>
            {
                if (truth.Length == 0)
                    return Matcher.Background;
                int best = Enumerable.Range(0, truth.Length).MaxBy(t => overlaps[t][i]);
                bool nearest = drawn.keepLowQuality && overlaps.Any(row => row[i] == row.Max());
                return nearest || overlaps[best][i] >= 0.5f ? best : overlaps[best][i] >= 0.2f ? Matcher.Between : Matcher.Background;
            })];
            Assert.Equal(expected, new Matcher(0.5f, 0.2f, drawn.keepLowQuality).Match(truth, candidates));
        }).QuickCheckThrowOnFailure();
}
