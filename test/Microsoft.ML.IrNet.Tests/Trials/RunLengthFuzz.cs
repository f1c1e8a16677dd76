using System.Text;
using System.Text.Json;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Masks as COCO writes them: text, counts, polygons.</summary>
internal sealed class RunLengthFuzz : FuzzCase
{
    private const int Height = 24, Width = 30;

    private static readonly RunLengthMask Some = RunLengthMask.FromPolygons(Height, Width, [[2, 2, 20, 4, 25, 20, 3, 17.5], [1, 20, 8, 15, 9, 23]]);

    public override IReadOnlyList<FuzzInput> Seeds { get; } =
    [
        new("text", Encoding.UTF8.GetBytes(Some.ToCompressedString())),
        new("segmentation", Encoding.UTF8.GetBytes($$"""{"size": [{{Height}}, {{Width}}], "counts": [{{string.Join(", ", Some.Counts)}}]}""")),
        new("segmentation", Encoding.UTF8.GetBytes($$"""{"size": [{{Height}}, {{Width}}], "counts": "{{JsonEncodedText.Encode(Some.ToCompressedString())}}"}""")),
        new("segmentation", "[[2, 2, 20, 4, 25, 20, 3, 17.5], [1, 20, 8, 15, 9, 23]]"u8.ToArray()),
    ];

    public override byte[] Mutate(Random random, FuzzInput seed) => random.Next(3) == 0
        ? Rewritten(random, seed.Kind)
        : TextMutator.Mutate(random, seed.Bytes, Other(random, seed));

    public override void Parse(FuzzInput input)
    {
        RunLengthMask mask;
        if (input.Kind == "text")
            mask = RunLengthMask.Parse(Encoding.UTF8.GetString(input.Bytes), Height, Width);
        else
        {
            JsonDocument json;
            try
            {
                json = JsonDocument.Parse(input.Bytes);
            }
            catch (JsonException error)
            {
                // In a file it is the file that is no JSON.
                throw new DataSetException("fuzz", "no JSON", error);
            }
            using (json)
                mask = CocoSegmentation.Read(json.RootElement, Height, Width);
        }
        Assert.Equal(mask.Area, mask.ToRowMajor().Sum(pixel => (long)pixel));
        mask.ComputeBox();
        RunLengthMask.Merge(mask, Some);
        Assert.Equal(mask.Counts, RunLengthMask.Parse(mask.ToCompressedString(), Height, Width).Counts);
    }

    // Other counts that still make a mask of the size, empty runs among them, then perhaps damaged.
    private static byte[] Rewritten(Random random, string kind)
    {
        var counts = new List<uint>();
        uint left = Height * Width;
        while (left > 0 && counts.Count < 60)
        {
            uint count = random.Next(4) == 0 ? 0 : (uint)random.Next((int)Math.Min(left, 1u << random.Next(1, 10)) + 1);
            counts.Add(count);
            left -= count;
        }
        counts.Add(left);
        var mask = new RunLengthMask(Height, Width, [.. counts]);
        string text = kind == "text" ? mask.ToCompressedString() : $$"""{"size": [{{Height}}, {{Width}}], "counts": [{{string.Join(", ", counts)}}]}""";
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(2) == 0 ? bytes : ByteMutator.Mutate(random, bytes, bytes);
    }

    // Polygons of three points take some 12 bytes, and each up to 2 runs of 8 bytes a column, in the polygon's own mask and in the union, while lists grow.
    public override long AllocationBound(int length) => (1 << 16) + 2L * 8 * 8 * Width * (length / 12 + 1) + 64L * length;
}
