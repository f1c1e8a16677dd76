namespace Microsoft.ML.IrNet.Weights;

/// <summary>
/// Reads state dicts that <c>torch.save</c> wrote, in any of its three formats: zip (1.6 and later), a run of pickles (0.1.10 to 1.5), tar (before). A pickle is a
/// program; this reader runs none of it and refuses files that ask for more than tensors.
/// </summary>
public static class PthFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="WeightsException">The file is missing, unreadable, damaged, or asks to run what no weights need.</exception>
    public static StateDict Read(string path) => WeightStream.Read(path, Read);

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The contents; need not be seekable.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="WeightsException">The contents are damaged, or ask to run what no weights need.</exception>
    public static StateDict Read(Stream stream, string name) => WeightStream.Read(stream, name, Read);

    /// <summary>Whether the first bytes of a file are those of a zip, a pickle or a tar.</summary>
    internal static bool IsLikely(ReadOnlySpan<byte> start) => IsZip(start) || IsTar(start) || start is [0x80, >= 2 and <= 5, ..];

    private static bool IsZip(ReadOnlySpan<byte> start) => start.StartsWith("PK\u0003\u0004"u8);

    private static bool IsTar(ReadOnlySpan<byte> start) => start.Length >= 262 && start.Slice(257, 5).SequenceEqual("ustar"u8);

    private static StateDict Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[262];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        return IsZip(start) ? PthZip.Read(stream)
            : IsTar(start) ? PthTar.Read(stream)
            : IsLikely(start) ? PthPickles.Read(stream)
            : throw new InvalidDataException("no .pth file: it is neither a zip, nor a pickle, nor a tar");
    }
}
