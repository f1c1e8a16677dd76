using System.Runtime.InteropServices;
using Microsoft.ML.IrNet.Files;
using SkiaSharp;

namespace Microsoft.ML.IrNet.Imaging;

/// <summary>
/// Decodes photographs: JPEG, PNG, WebP, BMP and GIF (its first frame). Grey, palette, 16-bit and CMYK images become 8-bit RGB, alpha is dropped,
/// the EXIF orientation is applied and colour profiles are ignored, so a JPEG's pixels are those Pillow gives.
/// </summary>
public static class ImageFile
{
    /// <summary>Images of more pixels are refused before any memory is taken for them.</summary>
    public const long MaximumPixels = 400_000_000;

    /// <summary>Decodes an image file.</summary>
    /// <exception cref="ImageFileException">The file is missing, not readable, no image, truncated or damaged, or too large.</exception>
    public static RgbImage Read(string path) => Decode(ReadBytes(path), path);

    /// <summary>Decodes the rest of a stream.</summary>
    /// <param name="stream">The encoded image; it stays open.</param>
    /// <param name="name">What errors call the image.</param>
    /// <param name="maximumPixels">Images of more pixels are refused before any memory is taken for them; a service that strangers send images to gives less than the default.</param>
    /// <exception cref="ImageFileException">The stream holds no image, or one that is truncated, damaged or too large.</exception>
    public static RgbImage Read(Stream stream, string name, long maximumPixels = MaximumPixels)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Decode(buffer.ToArray(), name, maximumPixels);
    }

    /// <summary>Reads only the size that <see cref="Read(string)"/> would give, after the EXIF orientation.</summary>
    /// <exception cref="ImageFileException">The file is missing, not readable, no image, or too large.</exception>
    public static (int Height, int Width) ReadSize(string path)
    {
        using SKCodec codec = Open(ReadBytes(path), path);
        return Orientation.SwapsAxes(codec.EncodedOrigin) ? (codec.Info.Width, codec.Info.Height) : (codec.Info.Height, codec.Info.Width);
    }

    /// <summary>Reads a file's bytes, giving every way in which that can fail the same error.</summary>
    internal static byte[] ReadBytes(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new ImageFileException(path, "is a folder; an image file was expected.");
        try
        {
            return FileLayer.ReadBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageFileException(path, "does not exist; check the path.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ImageFileException(path, "may not be read; check its permissions.", error);
        }
        catch (Exception error) when (error is IOException or ArgumentException or NotSupportedException)
        {
            throw new ImageFileException(path, $"could not be read ({error.Message}).", error);
        }
    }

    private static RgbImage Decode(byte[] encoded, string name, long maximumPixels = MaximumPixels)
    {
        using SKCodec codec = Open(encoded, name, maximumPixels);
        // No colour space: the stored values, not converted ones, are what the networks were trained on.
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, null);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(info))
            throw new ImageFileException(name, $"needs {info.BytesSize64 >> 20} MiB to decode, which could not be had; scale it down.");
        SKCodecResult result = codec.GetPixels(info, bitmap.GetPixels());
        if (result == SKCodecResult.IncompleteInput)
            throw new ImageFileException(name, "is truncated: it ends before its last row; copy or download it again.");
        if (result != SKCodecResult.Success)
            throw new ImageFileException(name, $"is damaged or of a kind that cannot be decoded ({result}); save it again as an RGB JPEG or PNG.");
        return Orientation.ToRgb(MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan()), info.Height, info.Width, codec.EncodedOrigin);
    }

    private static SKCodec Open(byte[] encoded, string name, long maximumPixels = MaximumPixels)
    {
        if (encoded.Length == 0)
            throw new ImageFileException(name, "is empty (0 bytes); copy or download it again.");
        using SKData data = SKData.CreateCopy(encoded);
        SKCodec codec = SKCodec.Create(data)
            ?? throw new ImageFileException(name, "is no image that can be read; expected JPEG, PNG, WebP, BMP or GIF.");
        (int height, int width) = (codec.Info.Height, codec.Info.Width);
        if (height >= 1 && width >= 1 && (long)height * width <= Math.Min(maximumPixels, MaximumPixels))
            return codec;
        codec.Dispose();
        throw new ImageFileException(name, FormattableString.Invariant(
            $"declares {width} x {height} pixels; at least 1 x 1 and at most {Math.Min(maximumPixels, MaximumPixels) / 1e6:0.##} megapixels were expected."));
    }
}
