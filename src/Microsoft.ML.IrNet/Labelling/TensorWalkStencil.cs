using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Labelling;

/// <summary>
/// What <see cref="WalkStencil"/> is for the CPU: the symmetric form M = D^-1/2 S D^-1/2 of the walk's transition matrix. Each cell has a square window of weights,
/// its own in the centre, zero for cells beyond the radius or the border.
/// </summary>
internal sealed class TensorWalkStencil : IDisposable
{
    // Weaker links change nothing that float32 can hold.
    private const double WeakestAffinity = 1e-12;

    private readonly long _rows;
    private readonly long _columns;
    private readonly int _reach;
    private readonly Tensor _weights;

    /// <param name="boundary">[rows, columns], 0 to 1.</param>
    /// <param name="options">Radius and affinity power.</param>
    /// <exception cref="ArgumentException">The weights would be more than an array may hold, as for the CPU.</exception>
    public TensorWalkStencil(Tensor boundary, RandomWalkOptions options)
    {
        using var scope = NewDisposeScope();
        var index = new PathIndex(options.Radius);
        (_rows, _columns, _reach) = (boundary.shape[0], boundary.shape[1], index.RadiusFloor);
        if (Neighbours * _rows * _columns > Array.MaxLength)
            throw new ArgumentException($"A grid of {_rows} x {_columns} cells is too large for a walk of radius {options.Radius}.", nameof(boundary));
        _weights = zeros([Side, Side, _rows, _columns], float32, boundary.device).DetachFromDisposeScope();
        RootDegrees = ones([_rows, _columns], float64, boundary.device).DetachFromDisposeScope();
        PathDirection[] directions = [.. index.Directions.Where(direction => direction.DeltaY < _rows && Math.Abs(direction.DeltaX) < _columns)];
        foreach (PathDirection direction in directions)
            AddAffinities(boundary, direction, options.Beta);
        RootDegrees.sqrt_();
        Tensor linked = zeros_like(RootDegrees);
        foreach (PathDirection direction in directions)
            Normalise(direction, linked);
        // The self weight is 1 / degree, taken as what the rounded weights leave of the eigenvalue 1, so that hundreds of steps add no drift.
        Weights(0, 0).copy_((linked / RootDegrees).neg_().Plus(1));
    }

    /// <summary>The cells of a window.</summary>
    public long Neighbours => Side * Side;

    /// <summary>The roots of the cells' summed affinities, which turn the walk into its symmetric form, [rows, columns] in float64.</summary>
    public Tensor RootDegrees { get; }

    private long Side => 2 * _reach + 1;

    /// <summary>Zeros for some maps with a border as wide as the windows reach.</summary>
    public Tensor Padded(long maps) => zeros([maps, _rows + 2 * _reach, _columns + 2 * _reach], float32, _weights.device);

    /// <summary>The part of padded maps within the border, [maps, rows, columns].</summary>
    public Tensor Inner(Tensor padded) => padded.narrow(1, _reach, _rows).narrow(2, _reach, _columns);

    /// <summary>M times padded maps, [maps, rows, columns].</summary>
    /// <param name="padded">The maps.</param>
    /// <param name="workingValues">How many products to hold at once; rows of the windows are taken one after the other as far as this asks for it.</param>
    public Tensor Multiply(Tensor padded, long workingValues)
    {
        using var scope = NewDisposeScope();
        // [maps, rows of a window, columns of a window, rows, columns], no copy.
        Tensor windows = padded.unfold(1, _rows, 1).unfold(2, _columns, 1);
        long rowsAtOnce = Math.Clamp(workingValues / (padded.shape[0] * Side * _rows * _columns), 1, Side);
        Tensor? product = null;
        for (long first = 0; first < Side; first += rowsAtOnce)
        {
            using var inner = NewDisposeScope();
            long count = Math.Min(rowsAtOnce, Side - first);
            Tensor part = (windows.narrow(1, first, count) * _weights.narrow(0, first, count)).sum([1, 2]);
            product = product?.Add(part) ?? part.MoveToOuterDisposeScope();
        }
        return product!.MoveToOuterDisposeScope();
    }

    /// <summary>Releases the weights.</summary>
    public void Dispose()
    {
        _weights.Dispose();
        RootDegrees.Dispose();
    }

    /// <summary>The weights of all links to the neighbour at an offset, [rows, columns].</summary>
    private Tensor Weights(int deltaY, int deltaX) => _weights.select(0, _reach + deltaY).select(0, _reach + deltaX);

    /// <summary>The cells from which a direction leads to another cell, moved along the way by an offset.</summary>
    private Tensor Cells(Tensor map, PathDirection direction, int offsetY, int offsetX) =>
        map.narrow(0, offsetY, _rows - direction.DeltaY).narrow(1, Math.Max(0, -direction.DeltaX) + offsetX, _columns - Math.Abs(direction.DeltaX));

    private Tensor Sources(Tensor map, PathDirection direction) => Cells(map, direction, 0, 0);

    private Tensor Destinations(Tensor map, PathDirection direction) => Cells(map, direction, direction.DeltaY, direction.DeltaX);

    /// <summary>Both ways, an affinity is the weight of the link.</summary>
    private void SetWeights(PathDirection direction, Tensor values)
    {
        Sources(Weights(direction.DeltaY, direction.DeltaX), direction).copy_(values);
        Destinations(Weights(-direction.DeltaY, -direction.DeltaX), direction).copy_(values);
    }

    private void AddAffinities(Tensor boundary, PathDirection direction, double beta)
    {
        using var scope = NewDisposeScope();
        Tensor affinity = Destinations(boundary, direction);
        foreach ((int y, int x) in direction.Path.Skip(1))
        {
            using var inner = NewDisposeScope();
            Tensor larger = affinity.maximum(Cells(boundary, direction, y, x)).MoveToOuterDisposeScope();
            affinity.Dispose();
            affinity = larger;
        }
        affinity = affinity.neg().Plus(1).RaiseTo(beta).ZeroBelow(WeakestAffinity);
        SetWeights(direction, affinity);
        Sources(RootDegrees, direction).Add(affinity);
        Destinations(RootDegrees, direction).Add(affinity);
    }

    private void Normalise(PathDirection direction, Tensor linked)
    {
        using var scope = NewDisposeScope();
        (Tensor here, Tensor there) = (Sources(RootDegrees, direction), Destinations(RootDegrees, direction));
        Tensor weights = (Sources(Weights(direction.DeltaY, direction.DeltaX), direction) / (here * there)).to(float32);
        SetWeights(direction, weights);
        Sources(linked, direction).Add(weights * there);
        Destinations(linked, direction).Add(weights * here);
    }
}
