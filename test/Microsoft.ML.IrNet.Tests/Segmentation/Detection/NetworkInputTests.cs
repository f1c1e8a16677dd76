using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Segmentation.Detection;

public sealed class NetworkInputTests
{
    [SkippableFact]
    public void Sizes_are_those_recorded()
    {
        var golden = new GoldenSet("students/ops_transform");
        foreach (int[] row in golden.Read<int>("size_table").Chunk(6))
            Assert.Equal((row[4], row[5]), ResizeRule.Size(row[0], row[1], row[2], row[3]));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Images_masks_and_boxes_are_those_recorded(int index)
    {
        var golden = new GoldenSet("students/ops_transform");
        int[] shape = golden.Shape($"image_{index}"), batch = golden.Shape("batched");
        (int height, int width) = (shape[1], shape[2]);
        (int newHeight, int newWidth) = ResizeRule.Size(height, width, 64, 100);
        byte[] planes = golden.Read<byte>($"image_{index}");
        var image = new RgbImage(height, width, [.. Enumerable.Range(0, planes.Length).Select(i => planes[i % 3 * height * width + i / 3])]);
        float[] resized = NetworkInput.Resize(image, newHeight, newWidth);
        float[] batched = golden.Read<float>("batched");
        for (int channel = 0; channel < 3; channel++)
            for (int y = 0; y < newHeight; y++)
            {
                int start = ((index * 3 + channel) * batch[2] + y) * batch[3];
                RecordedBoxes.AssertNear(batched.AsSpan(start, newWidth), resized.AsSpan((channel * newHeight + y) * newWidth, newWidth), 5e-5);
            }
        byte[] masks = [.. golden.Read<byte>($"masks_{index}").Chunk(height * width).SelectMany(mask => NetworkInput.ResizeMask(mask, height, width, newHeight, newWidth))];
        Assert.Equal(golden.Read<byte>($"out_masks_{index}"), masks);
        RecordedBoxes.AssertNear(
            golden.Boxes($"out_boxes_{index}"), [.. golden.Boxes($"boxes_{index}").Select(box => Boxes.Rescale(box, height, width, newHeight, newWidth))], 1e-4);
    }

    [Fact]
    public void The_own_size_changes_nothing()
    {
        RgbImage image = Pictures.Gradient(5, 7);
        var normalised = new float[3 * 5 * 7];
        ImageNetNormalisation.ToChannelsFirst(image, normalised);
        Assert.Equal(normalised, NetworkInput.Resize(image, 5, 7));
        byte[] mask = [.. Enumerable.Range(0, 35).Select(i => (byte)(i % 3 % 2))];
        Assert.Equal(mask, NetworkInput.ResizeMask(mask, 5, 7, 5, 7));
    }

    [Fact]
    public void Sides_stay_within_their_bounds() => Prop.ForAll((
        from height in Gen.Choose(1, 3000)
        from width in Gen.Choose(1, 3000)
        select (height, width)).ToArbitrary(), size =>
        {
            (int height, int width) = ResizeRule.Size(size.height, size.width, 800, 1333);
            Assert.InRange(Math.Min(height, width), 1, 800);
            Assert.InRange(Math.Max(height, width), 1, 1333);
            Assert.True(Math.Min(height, width) >= 799 || Math.Max(height, width) >= 1332);
        }).QuickCheckThrowOnFailure();
}
