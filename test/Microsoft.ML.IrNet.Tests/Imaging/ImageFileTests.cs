using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Imaging;

public sealed class ImageFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // EXIF 2.3, tag 0x0112: which stored pixel is seen at row y, column x.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Every_EXIF_orientation_is_honoured(byte orientation)
    {
        byte[] jpeg = PngFile.EncodeJpeg(Pictures.Gradient(5, 9));
        RgbImage stored = Decode(jpeg);
        RgbImage seen = Decode(Pictures.WithOrientation(jpeg, orientation));
        Assert.Equal(orientation < 5 ? (5, 9) : (9, 5), (seen.Height, seen.Width));
        (int h, int w) = (stored.Height, stored.Width);
        for (int y = 0; y < seen.Height; y++)
            for (int x = 0; x < seen.Width; x++)
            {
                (int storedY, int storedX) = orientation switch
                {
                    1 => (y, x),
                    2 => (y, w - 1 - x),
                    3 => (h - 1 - y, w - 1 - x),
                    4 => (h - 1 - y, x),
                    5 => (x, y),
                    6 => (h - 1 - x, y),
                    7 => (h - 1 - x, w - 1 - y),
                    _ => (x, w - 1 - y),
                };
                Assert.Equal(Pixel(stored, storedY, storedX), Pixel(seen, y, x));
            }
    }

    [Fact]
    public void Size_is_that_of_the_image_as_seen()
    {
        string path = Save("turned.jpg", Pictures.WithOrientation(PngFile.EncodeJpeg(Pictures.Gradient(5, 9)), 6));
        Assert.Equal((9, 5), ImageFile.ReadSize(path));
    }

    [Fact]
    public void Sixteen_bits_keep_the_upper_eight()
    {
        byte[] rows = [0, 0x12, 0x12, 0x80, 0x80, 0xFF, 0xFF, 0x00, 0x00, 0x40, 0x40, 0xC0, 0xC0];
        Assert.Equal(new byte[] { 0x12, 0x80, 0xFF, 0x00, 0x40, 0xC0 }, Decode(Pictures.Png(1, 2, 16, 2, rows)).Pixels);
    }

    [Fact]
    public void Grey_of_eight_and_sixteen_bits_becomes_RGB()
    {
        Assert.Equal(new byte[] { 7, 7, 7, 200, 200, 200 }, Decode(Pictures.Png(1, 2, 8, 0, [0, 7, 200])).Pixels);
        Assert.Equal(new byte[] { 7, 7, 7, 200, 200, 200 }, Decode(Pictures.Png(1, 2, 16, 0, [0, 7, 7, 200, 200])).Pixels);
        Assert.Equal(new byte[] { 90, 90, 90 }, Pixel(Decode(Pictures.FlatJpeg(90)), 4, 4));
    }

    [Fact]
    public void Alpha_is_dropped() =>
        Assert.Equal(new byte[] { 10, 20, 30, 40, 50, 60 }, Decode(Pictures.Png(1, 2, 8, 6, [0, 10, 20, 30, 0, 40, 50, 60, 128])).Pixels);

    [Fact]
    public void Palette_images_show_their_colours() =>
        Assert.Equal(new byte[] { 128, 0, 0, 224, 224, 192 }, Decode(Pictures.Png(1, 2, 8, 3, [0, 1, 255])).Pixels);

    [Fact]
    public void Cmyk_jpegs_become_RGB()
    {
        RgbImage image = Decode(Pictures.FlatJpeg(200, 100, 50, 255));
        Assert.Equal((8, 8), (image.Height, image.Width));
        Assert.Equal(new byte[] { 200, 100, 50 }, Pixel(image, 3, 5));
        // Half as much light through the black plate.
        Assert.Equal(new byte[] { 100, 50, 25 }, Pixel(Decode(Pictures.FlatJpeg(200, 100, 50, 128)), 0, 0));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5000)]
    [InlineData(5000, 1)]
    public void Extreme_shapes_are_read(int height, int width)
    {
        RgbImage image = Pictures.Gradient(height, width);
        string path = _folder.At("image.png");
        PngFile.Write(path, image);
        RgbImage read = ImageFile.Read(path);
        Assert.Equal((height, width), (read.Height, read.Width));
        Assert.Equal(image.Pixels, read.Pixels);
    }

    [Theory]
    [InlineData("photo.jpg")]
    [InlineData("photo.png")]
    public void Truncated_images_are_refused_by_name(string name)
    {
        RgbImage image = Pictures.Gradient(64, 64);
        byte[] whole = name.EndsWith("jpg", StringComparison.Ordinal) ? PngFile.EncodeJpeg(image) : PngFile.Encode(image);
        string path = Save(name, whole[..(whole.Length / 2)]);
        var error = Assert.Throws<ImageFileException>(() => ImageFile.Read(path));
        Assert.Equal(path, error.Subject);
        Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_image_is_refused_by_name()
    {
        Refused(_folder.At("missing.jpg"), "does not exist");
        Refused(Path.Combine(_folder.Root, "nowhere", "missing.jpg"), "does not exist");
        Refused(Save("empty.jpg", []), "0 bytes");
        Refused(_folder.Write("text.jpg", "This is no photograph."), "no image");
        Refused(_folder.Root, "is a folder");
    }

    [Fact]
    public void Giant_images_are_refused_before_they_are_decoded() =>
        Refused(Save("giant.png", Pictures.Png(30_000, 30_000, 8, 2, [0, 0, 0, 0])), "megapixels");

    [SkippableFact]
    public void A_file_that_may_not_be_read_is_refused_by_name()
    {
        Skip.If(Environment.IsPrivilegedProcess, "This user may read every file.");
        string path = Save("secret.png", PngFile.Encode(Pictures.Gradient(2, 2)));
        if (OperatingSystem.IsWindows())
            Skip.If(true, "Windows has no file mode.");
        else
            File.SetUnixFileMode(path, UnixFileMode.None);
        Refused(path, "permissions");
    }

    private static void Refused(string path, string reason)
    {
        var error = Assert.Throws<ImageFileException>(() => ImageFile.Read(path));
        Assert.Equal(path, error.Subject);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Throws<ImageFileException>(() => ImageFile.ReadSize(path));
    }

    private string Save(string name, byte[] content)
    {
        string path = _folder.At(name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static RgbImage Decode(byte[] encoded) => ImageFile.Read(new MemoryStream(encoded), "test image");

    private static byte[] Pixel(RgbImage image, int y, int x) => image.Pixels[((y * image.Width + x) * 3)..][..3];
}
