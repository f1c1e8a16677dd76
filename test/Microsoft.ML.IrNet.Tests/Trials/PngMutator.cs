using System.IO.Compression;
using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Damages what is in a PNG's chunks and puts their lengths and checksums right, so that the damage gets past those.</summary>
internal static class PngMutator
{
    /// <summary>Damages a chunk, the rows within, the order of the chunks, or the file as bytes.</summary>
    public static byte[] Mutate(Random random, byte[] seed, byte[] other)
    {
        if (random.Next(3) == 0)
            return ByteMutator.Mutate(random, seed, other);
        List<(string Type, byte[] Data)> chunks = Chunks(seed);
        for (int left = ByteMutator.Times(random); left > 0; left--)
        {
            int at = random.Next(chunks.Count);
            (string type, byte[] data) = chunks[at];
            switch (random.Next(10))
            {
                case 0 when chunks.Count > 1:
                    chunks.RemoveAt(at);
                    break;
                case 1:
                    chunks.Insert(random.Next(chunks.Count + 1), chunks[at]);
                    break;
                case 2:
                    chunks[at] = (type == "IDAT" ? "tEXt" : "IDAT", data);
                    break;
                case 3 or 4 or 5 when type == "IDAT":
                    chunks[at] = (type, Deflate(random.Next(6) == 0 ? new byte[random.Next(100_000)] : ByteMutator.Mutate(random, Inflate(data), [])));
                    break;
                default:
                    chunks[at] = (type, ByteMutator.Mutate(random, data, []));
                    break;
            }
        }
        using var file = new MemoryStream();
        file.Write(PngChunks.Signature);
        foreach ((string type, byte[] data) in chunks)
            PngChunks.Write(file, type, data);
        return file.ToArray();
    }

    private static List<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        var chunks = new List<(string, byte[])>();
        for (int position = PngChunks.Signature.Length; position < png.Length;)
        {
            (string type, int offset, int length) = PngChunks.Next(png, ref position, "seed");
            chunks.Add((type, png[offset..(offset + length)]));
        }
        return chunks;
    }

    private static byte[] Inflate(byte[] data)
    {
        try
        {
            using var inflate = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
            using var rows = new MemoryStream();
            inflate.CopyTo(rows);
            return rows.ToArray();
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            // Damaged by an earlier step.
            return data;
        }
    }

    private static byte[] Deflate(byte[] rows)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(rows);
        return compressed.ToArray();
    }
}
