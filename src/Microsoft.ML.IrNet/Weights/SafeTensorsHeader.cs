using System.Text.Json;

namespace Microsoft.ML.IrNet.Weights;

/// <summary>The JSON header of a safetensors file: where each tensor lies among the bytes after it.</summary>
internal sealed record SafeTensorsHeader(IReadOnlyList<SafeTensorsHeader.Entry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    private const string MetadataName = "__metadata__";

    public sealed record Entry(string Name, StoredType Type, long[] Shape, long Begin, long End);

    /// <summary>Parses a header and makes sure that its tensors cover the <paramref name="available"/> bytes exactly, without gap or overlap.</summary>
    /// <exception cref="InvalidDataException">It is no valid header.</exception>
    public static SafeTensorsHeader Parse(ReadOnlyMemory<byte> json, long available)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var entries = new List<Entry>();
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!names.Add(property.Name))
                    throw new InvalidDataException($"the name '{property.Name}' occurs twice in its safetensors header");
                if (property.Name == MetadataName)
                    foreach (JsonProperty item in property.Value.EnumerateObject())
                        metadata[item.Name] = item.Value.GetString() ?? "";
                else
                    entries.Add(ParseEntry(property));
            }
            RequireCover(entries, available);
            return new SafeTensorsHeader(entries, metadata);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new InvalidDataException($"its safetensors header is damaged ({error.Message.TrimEnd('.')})", error);
        }
    }

    public static byte[] Write(StateDict weights, IReadOnlyList<StoredTensor> stored)
    {
        var begins = new Dictionary<string, long>(StringComparer.Ordinal);
        long position = 0;
        foreach (StoredTensor tensor in stored)
        {
            begins[tensor.Name] = position;
            position += tensor.Data.Length;
        }
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (weights.Metadata.Count > 0)
            {
                writer.WriteStartObject(MetadataName);
                foreach (var (key, value) in weights.Metadata)
                    writer.WriteString(key, value);
                writer.WriteEndObject();
            }
            foreach (StoredTensor tensor in weights.Values)
                WriteEntry(writer, tensor, begins[tensor.Name]);
            writer.WriteEndObject();
        }
        // Spaces at the end align the tensors.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter writer, StoredTensor tensor, long begin)
    {
        writer.WriteStartObject(tensor.Name);
        writer.WriteString("dtype", tensor.Type == StoredType.Bool ? "BOOL" : tensor.Type.ToString());
        writer.WriteStartArray("shape");
        foreach (long size in tensor.Shape)
            writer.WriteNumberValue(size);
        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(begin);
        writer.WriteNumberValue(begin + tensor.Data.Length);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static Entry ParseEntry(JsonProperty property)
    {
        string dtype = property.Value.GetProperty("dtype").GetString() ?? "";
        if (TypeOf(dtype) is not { } type)
            throw new InvalidDataException($"its tensor '{property.Name}' is of the type '{dtype}', which is not one of F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL");
        long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        JsonElement offsets = property.Value.GetProperty("data_offsets");
        long begin = offsets.GetArrayLength() == 2 ? offsets[0].GetInt64() : -1;
        long end = begin < 0 ? -1 : offsets[1].GetInt64();
        Int128 size = (Int128)StoredTypes.Count(shape) * type.Size();
        if (begin < 0 || size < 0 || (Int128)end - begin != size)
            throw new InvalidDataException($"the data offsets of its tensor '{property.Name}' do not fit the {type} of shape [{string.Join(", ", shape)}]");
        if (size > Array.MaxLength)
            throw new InvalidDataException($"its tensor '{property.Name}' is larger than 2 GiB, which cannot be read");
        return new Entry(property.Name, type, shape, begin, end);
    }

    private static StoredType? TypeOf(string dtype) => dtype switch
    {
        "F64" => StoredType.F64,
        "F32" => StoredType.F32,
        "F16" => StoredType.F16,
        "BF16" => StoredType.BF16,
        "I64" => StoredType.I64,
        "I32" => StoredType.I32,
        "I16" => StoredType.I16,
        "I8" => StoredType.I8,
        "U8" => StoredType.U8,
        "BOOL" => StoredType.Bool,
        _ => null,
    };

    private static void RequireCover(IEnumerable<Entry> entries, long available)
    {
        long position = 0;
        foreach (Entry entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != position)
                throw new InvalidDataException($"its tensor '{entry.Name}' begins at {entry.Begin}, where {position} was expected: tensors must neither overlap nor leave gaps");
            position = entry.End;
        }
        if (position != available)
            throw new InvalidDataException($"its tensors take {position} bytes, but {available} follow the header: the file is truncated or damaged");
    }
}
