using System.Text.Json;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tests.Masks;

public class MalformedMaskTests
{
    [Theory]
    [InlineData("", "sum to 0")]
    [InlineData("8", "sum to 8")]
    [InlineData(":", "sum to 10")]
    [InlineData("=", "at most 12")]
    [InlineData("O", "is -1")]
    [InlineData("h", "middle of a count")]
    [InlineData("</", "none of COCO's")]
    [InlineData("p", "none of COCO's")]
    [InlineData("oooooooooo0", "more than 7 characters")]
    [InlineData("PPPPPP", "middle of a count")]
    public void Text_that_is_no_mask_of_its_size_is_refused(string text, string reason)
    {
        var error = Assert.Throws<DataSetException>(() => RunLengthMask.Parse(text, 3, 4));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, -1)]
    [InlineData(65536, 65536)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Sizes_that_no_mask_has_are_refused_as_data_and_as_arguments(int height, int width)
    {
        Assert.Throws<DataSetException>(() => RunLengthMask.Parse("0", height, width));
        Assert.Throws<DataSetException>(() => RunLengthMask.FromPolygons(height, width, []));
        Assert.Throws<DataSetException>(() => RunLengthMask.FromCounts(height, width, [0]));
        Assert.Throws<ArgumentException>(() => new RunLengthMask(height, width, [0]));
    }

    [Fact]
    public void Counts_must_sum_to_the_size()
    {
        Assert.Throws<ArgumentException>(() => new RunLengthMask(2, 3, [1, 4]));
        Assert.Throws<DataSetException>(() => RunLengthMask.FromCounts(2, 3, [uint.MaxValue, 7]));
        Assert.Equal(2, RunLengthMask.FromCounts(2, 3, [4, 2]).Area);
    }

    [Theory]
    [InlineData(new double[] { 1, 1, 2, 2 })]
    [InlineData(new double[] { 1, 1, 2, 2, 3, 3, 4 })]
    [InlineData(new double[] { 1, 1, 2, 2, 3, double.NaN })]
    [InlineData(new double[] { 1, 1, 2, 2, 3, 1e300 })]
    public void Polygons_that_outline_nothing_are_refused(double[] polygon) =>
        Assert.Throws<DataSetException>(() => RunLengthMask.FromPolygons(9, 9, [polygon]));

    [Theory]
    [InlineData("""{"size": [3, 4], "counts": [2, 3, 7]}""", 3)]
    [InlineData("""{"size": [3, 4], "counts": "<"}""", 0)]
    [InlineData("""{"size": [3, 4], "counts": "0<"}""", 12)]
    [InlineData("""[[0, 0, 0, 3, 4, 3, 4, 0]]""", 12)]
    [InlineData("""[]""", 0)]
    public void A_segmentation_is_read_in_each_form(string json, long area) =>
        Assert.Equal(area, CocoSegmentation.Read(JsonDocument.Parse(json).RootElement, 3, 4).Area);

    [Theory]
    [InlineData("""{"size": [4, 3], "counts": "<"}""")]
    [InlineData("""{"size": [3, 4, 1], "counts": "<"}""")]
    [InlineData("""{"size": [3, 4], "counts": null}""")]
    [InlineData("""{"size": [3, 4], "counts": [2, -3, 13]}""")]
    [InlineData("""{"size": [3, 4]}""")]
    [InlineData("""{"counts": "<"}""")]
    [InlineData("""[1, 2, 3, 4, 5, 6]""")]
    [InlineData("""[["x"]]""")]
    [InlineData("""7""")]
    public void A_segmentation_of_no_known_form_is_refused(string json) =>
        Assert.Throws<DataSetException>(() => CocoSegmentation.Read(JsonDocument.Parse(json).RootElement, 3, 4));

    [Fact]
    public void Masks_of_different_sizes_are_not_compared()
    {
        var a = new RunLengthMask(2, 3, [6]);
        var b = new RunLengthMask(3, 2, [6]);
        Assert.Throws<ArgumentException>(() => RunLengthMask.IntersectionOverUnion(a, b));
        Assert.Throws<ArgumentException>(() => RunLengthMask.Merge(a, b));
    }
}
