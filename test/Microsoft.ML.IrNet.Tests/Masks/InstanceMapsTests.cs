using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tests.Masks;

public class InstanceMapsTests
{
    [Fact]
    public void The_surer_instance_is_on_top_and_of_equals_the_earlier()
    {
        InstanceLabel[] instances = [Strip(3, 0.5f, 0b111100), Strip(7, 0.9f, 0b011000), Strip(5, 0.5f, 0b000111)];
        Assert.Equal(new byte[] { 4, 8, 8, 4, 6, 6 }, InstanceMaps.Semantic(1, 6, instances).Labels);
        Assert.Equal(new byte[] { 1, 2, 2, 1, 3, 3 }, InstanceMaps.Objects(1, 6, instances).Labels);
    }

    [Fact]
    public void Crowds_are_void_where_no_object_is() => Assert.Equal(
        new byte[] { 255, 255, 2, 0, 0, 0 },
        InstanceMaps.Semantic(1, 6, [Strip(1, 1, 0b001000), Strip(2, 1, 0b111000) with { IsCrowd = true }]).Labels);

    [Fact]
    public void Of_too_many_objects_the_surest_are_drawn()
    {
        InstanceLabel[] instances = [.. Enumerable.Range(0, 256).Select(i =>
        {
            var pixels = new byte[256];
            pixels[i] = 1;
            return MaskGenerators.Instance(0, i is 10 or 20 ? 0.1f : 0.5f, RunLengthMask.FromRowMajor(1, 256, pixels));
        })];
        byte[] labels = InstanceMaps.Objects(1, 256, instances).Labels;
        Assert.Equal([10, 20], Enumerable.Range(0, 256).Where(i => labels[i] == 0));
        Assert.Equal(Enumerable.Range(1, 254), labels.Where(label => label != 0).Select(label => (int)label));
    }

    [Fact]
    public void A_class_that_a_map_cannot_hold_is_refused() =>
        Assert.Throws<ArgumentException>(() => InstanceMaps.Semantic(1, 6, [Strip(254, 1, 1)]));

    private static InstanceLabel Strip(int classIndex, float score, int bits) => MaskGenerators.Instance(
        classIndex, score, RunLengthMask.FromRowMajor(1, 6, [.. Enumerable.Range(0, 6).Select(i => (byte)(bits >> (5 - i) & 1))]));
}
