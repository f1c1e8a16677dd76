using System.Runtime.InteropServices;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using TorchSharp;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary><see cref="NonMaximumSuppression"/> of boxes on a device: all pairs are compared there, and only which overlap too much comes back.</summary>
internal static class TensorNonMaximumSuppression
{
    // A few matrices of 16 MB at once.
    private const long WorkingPairs = 1L << 22;

    /// <summary>What suppresses boxes of a device: on the CPU the loop in C#, elsewhere all pairs at once there.</summary>
    public static Suppression On(Device device) => device.type == DeviceType.CPU ? NonMaximumSuppression.Keep : (boxes, scores, threshold) =>
    {
        using var scope = NewDisposeScope();
        float[] corners = MemoryMarshal.Cast<BoundingBox, float>(boxes).ToArray();
        return Keep(tensor(corners, [boxes.Length, 4], device: device), tensor(scores.ToArray(), device: device), threshold);
    };

    /// <summary>Suppresses among all boxes; keeps the same as <see cref="NonMaximumSuppression.Keep"/>.</summary>
    /// <param name="boxes">[boxes, 4] in float32: left, top, right, bottom.</param>
    /// <param name="scores">[boxes] in float32.</param>
    /// <param name="threshold">The largest IoU that two kept boxes may have.</param>
    /// <param name="workingPairs">How many pairs are compared at once, unless one box has more.</param>
    /// <returns>The kept boxes from the highest score down.</returns>
    /// <exception cref="ArgumentException">A tensor has another shape or type.</exception>
    public static int[] Keep(Tensor boxes, Tensor scores, double threshold, long workingPairs = WorkingPairs)
    {
        if (boxes.dim() != 2 || boxes.shape[1] != 4 || boxes.dtype != float32)
            throw new ArgumentException($"Boxes [{string.Join(", ", boxes.shape)}] of {boxes.dtype} are not ones of float32 [boxes, 4].", nameof(boxes));
        if (scores.dim() != 1 || scores.shape[0] != boxes.shape[0] || scores.dtype != float32)
            throw new ArgumentException($"Scores [{string.Join(", ", scores.shape)}] of {scores.dtype} are not ones of float32 [{boxes.shape[0]}].", nameof(scores));
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        int[] order = ScoreOrder.Descending(ImageTensor.Values(scores.detach()));
        Tensor[] edges = boxes.detach().index_select(0, tensor(Array.ConvertAll(order, i => (long)i), device: boxes.device)).unbind(1);
        Tensor areas = (edges[2] - edges[0]) * (edges[3] - edges[1]);
        using Scalar limit = ((double)OverlapLimit.For(threshold)).ToScalar();
        var kept = new List<int>();
        var suppressed = new byte[order.Length];
        int rowsAtOnce = (int)Math.Clamp(workingPairs / Math.Max(1, order.Length), 1, int.MaxValue);
        for (int first = 0; first < order.Length; first += rowsAtOnce)
        {
            using var inner = NewDisposeScope();
            int rows = Math.Min(rowsAtOnce, order.Length - first);
            ReadOnlySpan<byte> above = Overlaps(edges, areas, first, rows).gt(limit).to(uint8).cpu().contiguous().bytes;
            for (int row = 0; row < rows; row++)
                if (suppressed[first + row] == 0)
                {
                    kept.Add(order[first + row]);
                    TensorPrimitives.BitwiseOr(suppressed, above.Slice(row * order.Length, order.Length), suppressed);
                }
        }
        return [.. kept];
    }

    /// <summary>The IoU of some boxes with all, [rows, boxes], in the order of operations of <see cref="Boxes.IntersectionOverUnion"/>.</summary>
    private static Tensor Overlaps(Tensor[] edges, Tensor areas, long first, long rows)
    {
        using var scope = NewDisposeScope();
        Tensor width = (Some(edges[2]).minimum(edges[2]) - Some(edges[0]).maximum(edges[0])).relu_();
        Tensor height = (Some(edges[3]).minimum(edges[3]) - Some(edges[1]).maximum(edges[1])).relu_();
        Tensor intersection = width * height;
        return (intersection / (Some(areas).Plus(areas) - intersection)).MoveToOuterDisposeScope();

        Tensor Some(Tensor values) => values.narrow(0, first, rows).unsqueeze(1);
    }
}
