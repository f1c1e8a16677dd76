using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Segmentation.Detection;

public sealed class BoxCoderTests
{
    [SkippableTheory]
    [InlineData("w1")]
    [InlineData("w10")]
    public void Both_ways_are_those_recorded(string weights)
    {
        var golden = new GoldenSet("students/ops_boxcoder");
        BoxCoder coder = weights == "w1" ? BoxCoder.Proposals : BoxCoder.Refinements;
        BoundingBox[] references = golden.Boxes("proposals"), truths = golden.Boxes("reference");
        float[] codes = [.. truths.Zip(references).SelectMany(pair => Encode(coder, pair.First, pair.Second))];
        RecordedBoxes.AssertNear(golden.Read<float>($"encode_{weights}"), codes, 1e-5, 1e-6);

        BoundingBox[] returned = [.. references.Select((reference, i) => coder.Decode(codes.AsSpan(4 * i, 4), reference))];
        RecordedBoxes.AssertNear(golden.Boxes($"roundtrip_{weights}"), returned, 1e-4, 1e-6);

        float[][] perClass = [.. golden.Read<float>($"codes_{weights}").Chunk(4)];
        BoundingBox[] decoded = [.. perClass.Select((code, i) => coder.Decode(code, references[i / 3]))];
        RecordedBoxes.AssertNear(golden.Boxes($"decode_{weights}"), decoded, 1e-4, 1e-6);
    }

    [Fact]
    public void Decoding_leads_back_to_what_was_encoded() => Prop.ForAll(RecordedBoxes.Any.Two().ToArbitrary(), pair =>
    {
        (BoundingBox truth, BoundingBox reference) = pair;
        foreach (BoxCoder coder in new[] { BoxCoder.Proposals, BoxCoder.Refinements })
            RecordedBoxes.AssertNear([truth], [coder.Decode(Encode(coder, truth, reference), reference)], 1e-4);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_box_grows_1000_sixteenths_at_most() =>
        Assert.Equal(62.5f, BoxCoder.Proposals.Decode([0, 0, 100, 1], new BoundingBox(0, 0, 1, 1)).Width, 1e-3f);

    private static float[] Encode(BoxCoder coder, BoundingBox truth, BoundingBox reference)
    {
        var code = new float[4];
        coder.Encode(truth, reference, code);
        return code;
    }
}
