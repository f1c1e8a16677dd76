using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Labelling;

/// <summary>
/// <see cref="RandomWalk"/> as tensor operations, for devices other than the CPU: the same series of the same symmetric matrix. Every step multiplies the windows
/// of all cells with the <see cref="TensorWalkStencil"/> at once, in three operations unless the photograph is large.
/// </summary>
internal sealed class TensorRandomWalk : IDisposable
{
    private readonly long _workingValues;
    private readonly TensorWalkStencil _stencil;
    private readonly Tensor _retained;
    private readonly double[] _series;

    /// <summary>Prepares the walk over one image.</summary>
    /// <param name="boundary">The class boundary map, [rows, columns], 0 to 1.</param>
    /// <param name="rows">Rows of the grid.</param>
    /// <param name="columns">Columns of the grid.</param>
    /// <param name="options">Radius, affinity power and number of steps.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="workingValues">How many products of weights and cells are held at once, besides the weights; 256 MB by default.</param>
    /// <exception cref="ArgumentException">The boundary has another size, or values that are NaN or outside 0 to 1.</exception>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public TensorRandomWalk(float[] boundary, int rows, int columns, RandomWalkOptions options, Device device, long workingValues = 1L << 26)
    {
        RandomWalk.Require(boundary, rows, columns, options);
        _workingValues = workingValues;
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        Tensor map = tensor(boundary, [rows, columns], device: device);
        _stencil = new TensorWalkStencil(map, options);
        _retained = map.neg().Plus(1).DetachFromDisposeScope();
        _series = RandomWalk.Series(options);
    }

    /// <summary>Walks every map; maps without a positive value are left out and stay zero.</summary>
    /// <param name="maps">[count, rows, columns], at least 0.</param>
    /// <param name="count">Number of maps; may be 0.</param>
    /// <returns>[count, rows, columns].</returns>
    /// <exception cref="ArgumentException">The maps have another size, or values that are NaN, infinite or negative.</exception>
    public float[] Propagate(float[] maps, int count)
    {
        (long rows, long columns) = (_retained.shape[0], _retained.shape[1]);
        RandomWalk.RequireMaps(maps, count, rows * columns);
        if (count == 0)
            return [];
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        Tensor result = tensor(maps, [count, rows, columns], device: _retained.device).mul_(_retained);
        Tensor walking = result.amax([1, 2]).nonzero().reshape(-1);
        long mapsAtOnce = Math.Max(1, _workingValues / (_stencil.Neighbours * rows * columns));
        for (long first = 0; first < walking.shape[0]; first += mapsAtOnce)
        {
            using var inner = NewDisposeScope();
            Tensor chunk = walking.narrow(0, first, Math.Min(mapsAtOnce, walking.shape[0] - first));
            result.index_copy_(0, chunk, Walk(result.index_select(0, chunk)));
        }
        return ImageTensor.Values(result);
    }

    /// <summary>Releases the weights.</summary>
    public void Dispose()
    {
        _stencil.Dispose();
        _retained.Dispose();
    }

    /// <summary>The Chebyshev recurrence over some maps, [maps, rows, columns].</summary>
    private Tensor Walk(Tensor maps)
    {
        using var scope = NewDisposeScope();
        (Tensor current, Tensor previous) = (_stencil.Padded(maps.shape[0]), _stencil.Padded(maps.shape[0]));
        Tensor start = _stencil.Inner(current).copy_(maps * _stencil.RootDegrees);
        using Scalar first = _series[0].ToScalar();
        Tensor sum = start.mul(first);
        for (int k = 1; k < _series.Length; k++)
        {
            using var inner = NewDisposeScope();
            Tensor next = _stencil.Inner(previous).neg_().Add(_stencil.Multiply(current, _workingValues), times: k == 1 ? 1 : 2);
            if (_series[k] != 0)
                sum.Add(next, times: _series[k]);
            (current, previous) = (previous, current);
        }
        // A walked score is a weighted mean of the scores it came from: outside their range lies only rounding.
        Tensor walked = (sum / _stencil.RootDegrees).relu().to(float32);
        return walked.minimum(maps.amax([1, 2], keepdim: true)).MoveToOuterDisposeScope();
    }
}
