namespace Microsoft.ML.IrNet.Masks;

/// <summary>
/// A binary mask as COCO run lengths: column-major, counts alternate between zeros and ones and start with zeros.
/// Strings, boxes, unions and IoU are those of COCO's maskApi.c, without ever decoding the mask.
/// </summary>
public sealed class RunLengthMask
{
    /// <summary>Wraps counts without copying them.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="counts">Run lengths, zeros first, summing to height x width; a run may be empty.</param>
    /// <exception cref="ArgumentException">The size is not positive or above 2^31 - 57 pixels, or the counts do not sum to it.</exception>
    public RunLengthMask(int height, int width, uint[] counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (SizeProblem(height, width) is { } problem)
            throw new ArgumentException(problem, nameof(height));
        long pixels = (long)height * width, sum = 0;
        foreach (uint count in counts)
            sum += count;
        if (sum != pixels)
            throw new ArgumentException($"The counts sum to {sum}, not to the {pixels} pixels of a {height} x {width} mask.", nameof(counts));
        (Height, Width, Counts) = (height, width, counts);
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Run lengths, zeros first.</summary>
    public uint[] Counts { get; }

    /// <summary>How many pixels belong to the mask.</summary>
    public long Area
    {
        get
        {
            long area = 0;
            for (int i = 1; i < Counts.Length; i += 2)
                area += Counts[i];
            return area;
        }
    }

    /// <summary>Encodes a row-major mask; any non-zero byte is part of it.</summary>
    /// <exception cref="ArgumentException">The mask does not have height x width bytes.</exception>
    public static RunLengthMask FromRowMajor(int height, int width, ReadOnlySpan<byte> mask)
    {
        if (SizeProblem(height, width) is { } problem)
            throw new ArgumentException(problem, nameof(height));
        if (mask.Length != height * width)
            throw new ArgumentException($"{mask.Length} bytes do not make a {height} x {width} mask.", nameof(mask));
        var runs = new RunLengthBuilder();
        for (int x = 0; x < width; x++)
            for (int i = x; i < mask.Length; i += width)
                runs.Add(mask[i] != 0, 1);
        return new RunLengthMask(height, width, runs.ToCounts());
    }

    /// <summary>The union of polygons, each filled as COCO's rleFrPoly fills it (on a grid of fifths of a pixel).</summary>
    /// <param name="height">Rows of the mask.</param>
    /// <param name="width">Columns of the mask.</param>
    /// <param name="polygons">Each x0, y0, x1, y1, ... in pixels, at least three points; parts outside the mask are cut off. None make an empty mask.</param>
    /// <exception cref="DataSetException">A size, or a polygon, that makes no mask.</exception>
    public static RunLengthMask FromPolygons(int height, int width, IReadOnlyList<double[]> polygons)
    {
        ArgumentNullException.ThrowIfNull(polygons);
        RequireSize(height, width);
        RunLengthMask? union = null;
        foreach (double[] polygon in polygons)
        {
            var part = new RunLengthMask(height, width, PolygonFill.Fill(height, width, polygon));
            union = union is null ? part : Merge(union, part);
        }
        return union ?? new RunLengthMask(height, width, [(uint)(height * width)]);
    }

    /// <summary>Reads COCO's compressed string.</summary>
    /// <exception cref="DataSetException">The string is malformed, or its counts are not those of a height x width mask.</exception>
    public static RunLengthMask Parse(string counts, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(counts);
        RequireSize(height, width);
        return new RunLengthMask(height, width, RunLengthText.Parse(counts, (long)height * width));
    }

    /// <summary>Takes COCO's uncompressed counts after checking them as data.</summary>
    /// <exception cref="DataSetException">The counts are not those of a height x width mask.</exception>
    public static RunLengthMask FromCounts(int height, int width, uint[] counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        RequireSize(height, width);
        long sum = counts.Sum(count => (long)count);
        if (sum != (long)height * width)
            throw new DataSetException("run-length mask", $"its counts sum to {sum}, not to the {(long)height * width} pixels of a {height} x {width} mask.");
        return new RunLengthMask(height, width, counts);
    }

    /// <summary>Writes COCO's compressed string (rleToString): from the fourth on, each count less the one two places before it, in groups of five bits.</summary>
    public string ToCompressedString() => RunLengthText.Format(Counts);

    /// <summary>The tight box of the mask; 0, 0, 0, 0 where it is empty.</summary>
    public BoundingBox ComputeBox()
    {
        (int x0, int y0, int x1, int y1) = Bounds();
        return new BoundingBox(x0, y0, x1, y1);
    }

    /// <summary>As <see cref="ComputeBox"/>, in whole numbers, which are exact for masks of any width.</summary>
    internal (int X0, int Y0, int X1, int Y1) Bounds()
    {
        long x0 = long.MaxValue, y0 = long.MaxValue, x1 = -1, y1 = -1, position = 0;
        for (int i = 0; i < Counts.Length; i++)
        {
            long start = position, last = (position += Counts[i]) - 1;
            if (i % 2 == 0 || Counts[i] == 0)
                continue;
            (long startX, long startY) = Math.DivRem(start, Height);
            (long lastX, long lastY) = Math.DivRem(last, Height);
            if (lastX > startX)
                (startY, lastY) = (0, Height - 1);
            (x0, x1) = (Math.Min(x0, startX), Math.Max(x1, lastX));
            (y0, y1) = (Math.Min(y0, startY), Math.Max(y1, lastY));
        }
        return x1 < 0 ? default : ((int)x0, (int)y0, (int)x1 + 1, (int)y1 + 1);
    }

    /// <summary>The pixels that belong to either mask.</summary>
    /// <exception cref="ArgumentException">The masks differ in size.</exception>
    public static RunLengthMask Merge(RunLengthMask a, RunLengthMask b) => Combine(a, b, intersect: false);

    /// <summary>The pixels that belong to both masks.</summary>
    /// <exception cref="ArgumentException">The masks differ in size.</exception>
    public static RunLengthMask Intersect(RunLengthMask a, RunLengthMask b) => Combine(a, b, intersect: true);

    /// <summary>Intersection over union, 0..1; 0 where both are empty.</summary>
    /// <param name="a">The detection.</param>
    /// <param name="b">The ground truth.</param>
    /// <param name="crowd">Whether <paramref name="b"/> is a crowd region: the denominator is then the area of <paramref name="a"/> alone.</param>
    /// <exception cref="ArgumentException">The masks differ in size.</exception>
    public static double IntersectionOverUnion(RunLengthMask a, RunLengthMask b, bool crowd = false)
    {
        long intersection = IntersectionArea(a, b);
        return intersection == 0 ? 0 : (double)intersection / (crowd ? a.Area : a.Area + b.Area - intersection);
    }

    /// <summary>How many pixels belong to both masks.</summary>
    /// <exception cref="ArgumentException">The masks differ in size.</exception>
    public static long IntersectionArea(RunLengthMask a, RunLengthMask b)
    {
        RequireSameSize(a, b);
        long intersection = 0;
        var walk = new RunLengthWalk(a.Counts, b.Counts);
        while (walk.MoveNext())
            if (walk.InA && walk.InB)
                intersection += walk.Length;
        return intersection;
    }

    /// <summary>Decodes to a row-major mask of zeros and ones.</summary>
    public byte[] ToRowMajor()
    {
        var mask = new byte[Height * Width];
        Paint(mask, 1);
        return mask;
    }

    /// <summary>Sets the mask's pixels in a row-major map of its size to <paramref name="value"/> and leaves the others alone.</summary>
    /// <exception cref="ArgumentException">The map does not have height x width values.</exception>
    public void Paint(Span<byte> map, byte value)
    {
        if (map.Length != Height * Width)
            throw new ArgumentException($"{map.Length} values do not make a {Height} x {Width} map.", nameof(map));
        int x = 0, y = 0;
        for (int i = 0; i < Counts.Length; i++)
            for (uint left = Counts[i]; left > 0;)
            {
                int rows = (int)Math.Min(left, (uint)(Height - y));
                if (i % 2 == 1)
                    for (int row = y; row < y + rows; row++)
                        map[row * Width + x] = value;
                left -= (uint)rows;
                (x, y) = y + rows == Height ? (x + 1, 0) : (x, y + rows);
            }
    }

    private static RunLengthMask Combine(RunLengthMask a, RunLengthMask b, bool intersect)
    {
        RequireSameSize(a, b);
        var runs = new RunLengthBuilder();
        var walk = new RunLengthWalk(a.Counts, b.Counts);
        while (walk.MoveNext())
            runs.Add(intersect ? walk.InA && walk.InB : walk.InA || walk.InB, walk.Length);
        return new RunLengthMask(a.Height, a.Width, runs.ToCounts());
    }

    private static void RequireSameSize(RunLengthMask a, RunLengthMask b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Height != b.Height || a.Width != b.Width)
            throw new ArgumentException($"A {a.Height} x {a.Width} and a {b.Height} x {b.Width} mask cannot be compared.", nameof(b));
    }

    private static void RequireSize(int height, int width)
    {
        if (SizeProblem(height, width) is { } problem)
            throw new DataSetException("run-length mask", problem);
    }

    private static string? SizeProblem(int height, int width) =>
        height < 1 || width < 1 || (long)height * width > Array.MaxLength
            ? $"{height} x {width} is no mask size; both sides must be at least 1 and their product at most {Array.MaxLength}."
            : null;
}
