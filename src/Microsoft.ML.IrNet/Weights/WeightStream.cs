using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Weights;

/// <summary>Opens what weights are read from, so that the readers see a stream whose length is known, and turns its failures into errors that name it.</summary>
internal static class WeightStream
{
    public static StateDict Read(string path, Func<Stream, StateDict> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Explain(path, () =>
        {
            using Stream file = FileLayer.OpenRead(path);
            return read(file);
        });
    }

    public static StateDict Read(Stream stream, string name, Func<Stream, StateDict> read)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Explain(name, () =>
        {
            if (stream.CanSeek && stream.Position == 0)
                return read(stream);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            copy.Position = 0;
            return read(copy);
        });
    }

    private static StateDict Explain(string source, Func<StateDict> read)
    {
        try
        {
            return read();
        }
        catch (EndOfStreamException error)
        {
            throw new WeightsException(source, "ends before its contents do; fetch or copy it again.", error);
        }
        catch (InvalidDataException error)
        {
            throw new WeightsException(source, $"{error.Message}.", error);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WeightsException(source, "no such weight file; check the path.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WeightsException(source, $"could not be read ({error.Message}).", error);
        }
    }
}
