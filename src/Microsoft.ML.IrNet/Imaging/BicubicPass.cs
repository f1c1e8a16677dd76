using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.IrNet.Imaging;

/// <summary>One direction of the separable resampling. Sums are integers, so every order of adding gives the same bits.</summary>
internal static class BicubicPass
{
    private const int Half = 1 << (BicubicKernel.PrecisionBits - 1);

    /// <summary>Resizes along the rows, to the kernel's number of columns.</summary>
    public static RgbImage Columns(RgbImage image, BicubicKernel kernel)
    {
        int width = kernel.NewSize;
        var pixels = new byte[checked(image.Height * width * 3)];
        // One lane a channel; the fourth idles.
        var line = new Vector128<int>[image.Width];
        for (int y = 0; y < image.Height; y++)
        {
            Widen(image.Pixels.AsSpan(y * image.Width * 3, image.Width * 3), line);
            Span<byte> target = pixels.AsSpan(y * width * 3, width * 3);
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<int> weights = kernel.Weights(x);
                ReadOnlySpan<Vector128<int>> sources = line.AsSpan(kernel.Start(x), weights.Length);
                Vector128<int> sum = Vector128.Create(Half);
                for (int k = 0; k < sources.Length; k++)
                    sum += sources[k] * weights[k];
                sum = Vector128.Min(Vector128.Max(sum >> BicubicKernel.PrecisionBits, Vector128<int>.Zero), Vector128.Create(255));
                target[3 * x] = (byte)sum.GetElement(0);
                target[3 * x + 1] = (byte)sum.GetElement(1);
                target[3 * x + 2] = (byte)sum.GetElement(2);
            }
        }
        return new RgbImage(image.Height, width, pixels);
    }

    /// <summary>Resizes along the columns, to the kernel's number of rows.</summary>
    public static RgbImage Rows(RgbImage image, BicubicKernel kernel)
    {
        int stride = image.Width * 3;
        var pixels = new byte[checked(kernel.NewSize * stride)];
        for (int y = 0; y < kernel.NewSize; y++)
        {
            ReadOnlySpan<int> weights = kernel.Weights(y);
            ReadOnlySpan<byte> source = image.Pixels.AsSpan(kernel.Start(y) * stride, weights.Length * stride);
            Span<byte> target = pixels.AsSpan(y * stride, stride);
            int x = 0;
            for (; x <= stride - Vector<byte>.Count; x += Vector<byte>.Count)
                SumBlock(source[x..], stride, weights).CopyTo(target[x..]);
            for (; x < stride; x++)
            {
                int sum = Half;
                for (int k = 0; k < weights.Length; k++)
                    sum += source[k * stride + x] * weights[k];
                target[x] = (byte)Math.Clamp(sum >> BicubicKernel.PrecisionBits, 0, 255);
            }
        }
        return new RgbImage(kernel.NewSize, image.Width, pixels);
    }

    private static Vector<byte> SumBlock(ReadOnlySpan<byte> source, int stride, ReadOnlySpan<int> weights)
    {
        var half = new Vector<int>(Half);
        (Vector<int> a, Vector<int> b, Vector<int> c, Vector<int> d) = (half, half, half, half);
        for (int k = 0; k < weights.Length; k++)
        {
            var weight = new Vector<int>(weights[k]);
            Vector.Widen(new Vector<byte>(source[(k * stride)..]), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            a += Vector.AsVectorInt32(first) * weight;
            b += Vector.AsVectorInt32(second) * weight;
            c += Vector.AsVectorInt32(third) * weight;
            d += Vector.AsVectorInt32(fourth) * weight;
        }
        return Vector.Narrow(Vector.Narrow(Clip(a), Clip(b)), Vector.Narrow(Clip(c), Clip(d)));
    }

    private static Vector<uint> Clip(Vector<int> sum) => Vector.AsVectorUInt32(
        Vector.Min(Vector.Max(Vector.ShiftRightArithmetic(sum, BicubicKernel.PrecisionBits), Vector<int>.Zero), new Vector<int>(255)));

    private static void Widen(ReadOnlySpan<byte> row, Span<Vector128<int>> line)
    {
        Span<int> lanes = MemoryMarshal.Cast<Vector128<int>, int>(line);
        for (int x = 0; x < line.Length; x++)
        {
            lanes[4 * x] = row[3 * x];
            lanes[4 * x + 1] = row[3 * x + 1];
            lanes[4 * x + 2] = row[3 * x + 2];
        }
    }
}
