using System.Text.Encodings.Web;
using System.Text.Json;

namespace Microsoft.ML.IrNet.Export;

/// <summary>The elements of a JSON list on their way to a file, kept on disk so that memory stays flat however many there are.</summary>
internal sealed class JsonSpool : IDisposable
{
    // Compressed masks are full of '<', '>' and '`', which the default escapes for the sake of HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FileStream _file;
    private readonly Utf8JsonWriter _writer;

    /// <summary>Starts an empty list in a file that is deleted with it.</summary>
    public JsonSpool(string path)
    {
        // The writer gathers each element; without a second buffer a full disk shows at once and never while disposing.
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        _writer = new Utf8JsonWriter(_file, Options);
    }

    /// <summary>Appends an element, which <paramref name="write"/> writes.</summary>
    public void Add(Action<Utf8JsonWriter> write)
    {
        if (_file.Position > 0)
            _file.Write(",\n"u8);
        write(_writer);
        _writer.Flush();
        _writer.Reset();
    }

    /// <summary>Writes the elements, separated by commas, to a stream.</summary>
    public void CopyTo(Stream stream)
    {
        _file.Position = 0;
        try
        {
            _file.CopyTo(stream);
        }
        finally
        {
            _file.Seek(0, SeekOrigin.End);
        }
    }

    public void Dispose()
    {
        _writer.Reset(Stream.Null);
        _writer.Dispose();
        _file.Dispose();
    }
}
