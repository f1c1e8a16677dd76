using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Training;

/// <summary>Some search directions on a device; shorter paths are filled up with their last point, the source, which changes no maximum.</summary>
internal sealed class DirectionTensors
{
    private readonly Tensor _offsets;

    public DirectionTensors(PairDirection[] directions, Device device)
    {
        Count = directions.Length;
        PathLength = directions.Max(direction => direction.Offsets.Length);
        int[] offsets = [.. Enumerable.Range(0, PathLength).SelectMany(point => directions.Select(direction => direction.Offsets[Math.Min(point, direction.Offsets.Length - 1)]))];
        float[] deltas = [.. directions.Select(direction => (float)direction.DeltaY), .. directions.Select(direction => (float)direction.DeltaX)];
        _offsets = tensor(offsets, [PathLength, Count, 1], device: device);
        Deltas = tensor(deltas, [1, 2, Count, 1], device: device);
    }

    public int Count { get; }

    public int PathLength { get; }

    /// <summary>(dy, dx) from source to destination, [1, 2, directions, 1].</summary>
    public Tensor Deltas { get; }

    /// <summary>Cell offsets of the paths' points from the source, destinations first, [directions, 1].</summary>
    public Tensor Offsets(int point) => _offsets.select(0, point);
}
