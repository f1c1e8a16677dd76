using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Imaging;

public sealed class PalettePngTests : IDisposable
{
    private static readonly Arbitrary<LabelMap> Maps = (
        from height in Gen.Choose(1, 40)
        from width in Gen.Choose(1, 40)
        from labels in Gen.Choose(0, 255).ArrayOf(height * width)
        select new LabelMap(height, width, [.. labels.Select(label => (byte)label)])).ToArbitrary();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back() => Prop.ForAll(Maps, map =>
    {
        LabelMap read = Decode(Encode(map));
        Assert.Equal((map.Height, map.Width), (read.Height, read.Width));
        Assert.Equal(map.Labels, read.Labels);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Other_decoders_see_the_colours_of_VOC() => Prop.ForAll(Maps, map =>
    {
        RgbImage seen = ImageFile.Read(new MemoryStream(Encode(map)), "written");
        Assert.Equal(map.Labels.SelectMany(label => PalettePng.VocPalette.Slice(3 * label, 3).ToArray()), seen.Pixels);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_palette_is_that_of_VOC()
    {
        byte[] first = [0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0, 0, 0, 128, 128, 0, 128, 0, 128, 128, 128, 128, 128, 64, 0, 0];
        Assert.Equal(first, PalettePng.VocPalette[..27].ToArray());
        Assert.Equal(new byte[] { 224, 224, 192 }, PalettePng.VocPalette[765..].ToArray());
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(4, 3)]
    [InlineData(8, 3)]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(8, 0)]
    public void Every_bit_depth_is_unpacked(byte depth, byte colour)
    {
        // 0xB4 = 1011 0100 and 0x69 = 0110 1001: eleven pixels at one bit, as many as fit at more.
        byte[] rows = [0, 0xB4, 0x69, 0, 0x69, 0xB4];
        (int width, byte[] expected) = depth switch
        {
            1 => (11, new byte[] { 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1 }),
            2 => (7, [2, 3, 1, 0, 1, 2, 2, 1, 2, 2, 1, 2, 3, 1]),
            4 => (3, [11, 4, 6, 6, 9, 11]),
            _ => (2, [0xB4, 0x69, 0x69, 0xB4]),
        };
        Assert.Equal(expected, Decode(Pictures.Png(2, width, depth, colour, rows)).Labels);
    }

    [Fact]
    public void Every_row_filter_is_undone() => Prop.ForAll(Maps, map =>
    {
        byte[] rows = [.. Enumerable.Range(0, map.Height).SelectMany(y => Filter(map, y, y % 5))];
        Assert.Equal(map.Labels, Decode(Pictures.Png(map.Height, map.Width, 8, 3, rows)).Labels);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_shortened_file_is_refused()
    {
        byte[] whole = Encode(new LabelMap(3, 5, [.. Enumerable.Range(0, 15).Select(i => (byte)i)]));
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<ImageFileException>(() => Decode(whole[..length]));
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        byte[] whole = Encode(new LabelMap(3, 5, [.. Enumerable.Range(0, 15).Select(i => (byte)i)]));
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x40;
            Assert.Throws<ImageFileException>(() => Decode(damaged));
        }
    }

    [Fact]
    public void Other_kinds_of_PNG_are_refused_with_a_reason()
    {
        Refused(Pictures.Png(1, 1, 8, 3, [0, 1], interlace: 1), "interlaced");
        Refused(Pictures.Png(1, 1, 8, 2, [0, 1, 2, 3]), "colours");
        Refused(Pictures.Png(1, 1, 16, 0, [0, 1, 2]), "bits");
        Refused(Pictures.Png(1, 1, 8, 3, [7, 1]), "filter");
        Refused(Pictures.Png(2, 2, 8, 3, [0, 1, 1]), "unpacked");
        Refused(Pictures.Png(30_000, 30_000, 8, 3, [0, 1]), "megapixels");
        Refused(Pictures.Png(10_000, 10_000, 8, 3, [0, 1]), "declares 10000 x 10000");
        Refused(PngFile.EncodeJpeg(Pictures.Gradient(2, 2)), "no PNG");
    }

    [Fact]
    public void Files_are_written_whole_and_errors_name_them()
    {
        string path = _folder.At("maps", "one.png");
        PalettePng.Write(path, new LabelMap(1, 2, [3, 255]));
        Assert.Equal(new byte[] { 3, 255 }, PalettePng.Read(path).Labels);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        string missing = _folder.At("none.png");
        Assert.Equal(missing, Assert.Throws<ImageFileException>(() => PalettePng.Read(missing)).Subject);
    }

    // PNG specification, section 9.2, forwards.
    private static IEnumerable<byte> Filter(LabelMap map, int y, int filter)
    {
        yield return (byte)filter;
        for (int x = 0; x < map.Width; x++)
        {
            int left = At(y, x - 1), above = At(y - 1, x), aboveLeft = At(y - 1, x - 1);
            int estimate = left + above - aboveLeft;
            int paeth = new[] { left, above, aboveLeft }.MinBy(candidate => Math.Abs(estimate - candidate));
            int[] predictions = [0, left, above, (left + above) / 2, paeth];
            yield return (byte)(At(y, x) - predictions[filter]);
        }

        int At(int row, int column) => row < 0 || column < 0 ? 0 : map.Labels[row * map.Width + column];
    }

    private static void Refused(byte[] file, string reason) =>
        Assert.Contains(reason, Assert.Throws<ImageFileException>(() => Decode(file)).Message, StringComparison.Ordinal);

    private static byte[] Encode(LabelMap map)
    {
        using var stream = new MemoryStream();
        PalettePng.Write(stream, map);
        return stream.ToArray();
    }

    private static LabelMap Decode(byte[] file) => PalettePng.Read(new MemoryStream(file), "test map");
}
