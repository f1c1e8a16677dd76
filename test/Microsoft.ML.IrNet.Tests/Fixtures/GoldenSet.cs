using System.Runtime.InteropServices;
using System.Text.Json;

namespace Microsoft.ML.IrNet.Tests.Fixtures;

/// <summary>Recorded arrays of one stage: from the test project's own Golden folder, else from the shared one; the test is skipped where neither has it.</summary>
public sealed class GoldenSet
{
    private readonly string _folder;
    private readonly JsonElement _arrays;

    /// <param name="name">The folder of the set.</param>
    /// <param name="whole">Whether the whole recording is wanted, which only the shared folder has.</param>
    public GoldenSet(string name, bool whole = false)
    {
        string own = Path.Combine(AppContext.BaseDirectory, "Golden", name);
        _folder = !whole && File.Exists(Path.Combine(own, "index.json")) ? own : SharedFolder.Require("golden", name);
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "index.json")));
        _arrays = document.RootElement.GetProperty("arrays").Clone();
        Meta = document.RootElement.GetProperty("meta").Clone();
    }

    public JsonElement Meta { get; }

    public IEnumerable<string> Names => _arrays.EnumerateObject().Select(array => array.Name);

    public string PathOf(string fileName) => Path.Combine(_folder, fileName);

    public int[] Shape(string array) =>
        [.. _arrays.GetProperty(array).GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];

    public T[] Read<T>(string array) where T : unmanaged
    {
        JsonElement entry = _arrays.GetProperty(array);
        string expected = typeof(T) == typeof(float) ? "float32" : typeof(T) == typeof(double) ? "float64"
            : typeof(T) == typeof(byte) ? "uint8" : typeof(T) == typeof(int) ? "int32" : typeof(T) == typeof(long) ? "int64"
            : throw new NotSupportedException(typeof(T).Name);
        Assert.Equal(expected, entry.GetProperty("dtype").GetString());
        byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, entry.GetProperty("file").GetString()!));
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }
}
