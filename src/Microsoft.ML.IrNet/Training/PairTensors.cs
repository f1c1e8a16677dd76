using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Training;

/// <summary>
/// The pairs of a batch as tensors: what <see cref="PairSlice"/> computes cell by cell. The gradients are summed in whole numbers, whose sum is the same in any
/// order: those of the maxima in units of 2^-46, those of the displacements as the number of pulls one way less those the other way.
/// </summary>
internal sealed class PairTensors
{
    // All pairs together pull with at most 10^5 at their maxima, a mean of 1 / (affinity + 1e-5): 2^63 units hold 1.3 times that.
    private const double Unit = 1.0 / (1L << 46);

    private readonly long _batch;
    private readonly long _cells;
    private readonly Tensor _void;
    private readonly Tensor _zero;
    private readonly Tensor _boundary;
    private readonly Tensor _displacement;
    private readonly Tensor _labels;
    private readonly Tensor _poison;
    private readonly Tensor _sources;
    private readonly Tensor _sourceLabels;
    private readonly Tensor _sourceDisplacement;
    private readonly Tensor _sourceIsBackground;

    // Sums over the directions, for each source [batch, sources].
    private readonly Tensor _alikeCount;
    private readonly Tensor _unlikeCount;
    private readonly Tensor _alikeLog;
    private readonly Tensor _unlikeLog;
    private readonly Tensor _displaced;

    private readonly Tensor _maximumGradient;
    private readonly Tensor _pulls;
    private PairWeights _weights;
    private Tensor? _alikeWeight;
    private Tensor? _unlikeWeight;

    /// <summary>Takes its place in the dispose scope of the caller, as all tensors made here.</summary>
    public PairTensors(Tensor boundaryLogits, Tensor displacement, byte[] labels, int margin)
    {
        Device device = boundaryLogits.device;
        (int rows, int columns) = ((int)boundaryLogits.shape[2], (int)boundaryLogits.shape[3]);
        (_batch, _cells) = (boundaryLogits.shape[0], (long)rows * columns);
        _void = tensor(LabelMap.Void, device: device);
        _zero = tensor(0f, device: device);
        _boundary = boundaryLogits.detach().reshape(_batch, _cells).sigmoid();
        _displacement = displacement.detach().reshape(_batch, 2, _cells);
        _labels = tensor(labels, [_batch, _cells], device: device);
        // A running maximum would step over a logit that is no number.
        _poison = where(boundaryLogits.detach().isnan().any(), tensor(double.NaN, device: device), tensor(0.0, device: device));

        int[] sources = [.. Enumerable.Range(0, rows - margin).SelectMany(y => Enumerable.Range(y * columns + margin, columns - 2 * margin))];
        Sources = sources.Length;
        _sources = tensor(sources, [Sources], device: device);
        _sourceLabels = _labels.index_select(1, _sources).unsqueeze(1);
        _sourceDisplacement = _displacement.index_select(2, _sources).unsqueeze(2);
        _sourceIsBackground = _sourceLabels.eq(_zero);

        _alikeCount = zeros([_batch, Sources], float64, device);
        _unlikeCount = _alikeCount.clone();
        _alikeLog = _alikeCount.clone();
        _unlikeLog = _alikeCount.clone();
        _displaced = _alikeCount.clone();
        _maximumGradient = zeros([_batch, _cells], int64, device);
        _pulls = zeros([_batch, 2, _cells], float32, device);
    }

    /// <summary>The source cells of an image.</summary>
    public int Sources { get; }

    /// <summary>Counts the pairs of each kind; needed before their weights are known.</summary>
    public void Count(DirectionTensors directions)
    {
        using var scope = NewDisposeScope();
        (Tensor alike, Tensor unlike) = Kinds(directions.Count, Cells(directions, point: 0));
        _alikeCount.Add(alike.sum(1));
        _unlikeCount.Add(unlike.sum(1));
    }

    /// <summary>The pairs counted.</summary>
    public (long Background, long Foreground, long Negative) Counts()
    {
        (Tensor background, Tensor foreground) = Split(_alikeCount);
        double[] counts = Read(background, foreground, _unlikeCount.sum());
        return ((long)counts[0], (long)counts[1], (long)counts[2]);
    }

    /// <summary>Sets what the pairs of each kind count for; needed before <see cref="Evaluate"/>.</summary>
    public void Weigh(PairWeights weights)
    {
        _weights = weights;
        _alikeWeight = ByKind(_sourceIsBackground, 0.25 * weights.Background, 0.25 * weights.Foreground);
        _unlikeWeight = tensor(-0.5 * weights.Negative, device: _boundary.device);
    }

    /// <summary>Adds up the losses (unweighted) and the gradients (weighted as in the total).</summary>
    public void Evaluate(DirectionTensors directions)
    {
        using var scope = NewDisposeScope();
        Tensor destinations = Cells(directions, point: 0);
        (Tensor alike, Tensor unlike) = Kinds(directions.Count, destinations);
        AddAffinities(directions, alike, unlike);
        AddDisplacements(directions, destinations, alike.unsqueeze(1));
    }

    /// <summary>The sums of -ln affinity of background and foreground pairs, of -ln (1 - affinity), and of both displacement terms; read from the device.</summary>
    public double[] Sums()
    {
        (Tensor background, Tensor foreground) = Split(_alikeLog);
        (Tensor displacedBackground, Tensor displacedForeground) = Split(_displaced);
        return Read(
            _poison - background, _poison - foreground, _poison - _unlikeLog.sum(), displacedBackground, displacedForeground);
    }

    /// <summary>d total / d boundary logit, [batch, cells].</summary>
    public Tensor BoundaryGradient()
    {
        Tensor sigmoid = _boundary.to(float64);
        return (_maximumGradient.to(float64).Scale(Unit) * sigmoid * sigmoid.neg().Plus(1)).to(float32);
    }

    /// <summary>d total / d displacement, [batch, 2, cells].</summary>
    public Tensor DisplacementGradient()
    {
        // The pairs that pull at a cell are of one kind: that of the cell.
        Tensor weight = ByKind(_labels.eq(_zero).unsqueeze(1), 0.5 * _weights.DisplacementBackground, 0.5 * _weights.DisplacementForeground);
        return (_pulls * weight).to(float32);
    }

    /// <summary>The cell of a path's point for each direction and source, [directions x sources].</summary>
    private Tensor Cells(DirectionTensors directions, int point) => _sources.PlusWhole(directions.Offsets(point)).reshape(-1);

    /// <summary>Which pairs have the same label, and which different ones, [batch, directions, sources].</summary>
    private (Tensor Alike, Tensor Unlike) Kinds(int directions, Tensor destinations)
    {
        using var scope = NewDisposeScope();
        Tensor labels = _labels.index_select(1, destinations).view(_batch, directions, Sources);
        Tensor known = labels.ne(_void).logical_and_(_sourceLabels.ne(_void));
        Tensor same = labels.eq(_sourceLabels);
        return (known.logical_and(same).MoveToOuterDisposeScope(), known.logical_and(same.logical_not()).MoveToOuterDisposeScope());
    }

    private void AddAffinities(DirectionTensors directions, Tensor alike, Tensor unlike)
    {
        using var scope = NewDisposeScope();
        (Tensor maximum, Tensor at) = PathMaxima(directions);
        Tensor affinity = maximum.neg().Plus(1).view(_batch, directions.Count, Sources);
        Tensor likelihood = where(alike, affinity.Plus(1e-5), affinity.neg().Plus(1.00001));
        Tensor log = likelihood.log();
        _alikeLog.Add(Where(alike, log).sum(1, type: float64));
        _unlikeLog.Add(Where(unlike, log).sum(1, type: float64));
        Tensor pull = where(alike, _alikeWeight!, Where(unlike, _unlikeWeight!)) / likelihood;
        _maximumGradient.scatter_add_(1, at.to(int64), pull.Scale(1 / Unit).round_().to(int64).view(_batch, -1));
    }

    /// <summary>The largest boundary probability on each path, and the cell of the first point that has it, [batch, directions x sources].</summary>
    private (Tensor Maximum, Tensor At) PathMaxima(DirectionTensors directions)
    {
        using var scope = NewDisposeScope();
        Tensor at = Cells(directions, point: 0);
        Tensor maximum = _boundary.index_select(1, at);
        at = at.expand_as(maximum);
        for (int point = 1; point < directions.PathLength; point++)
        {
            using var inner = NewDisposeScope();
            Tensor cells = Cells(directions, point);
            Tensor candidate = _boundary.index_select(1, cells);
            Tensor larger = candidate.gt(maximum);
            Replace(ref maximum, where(larger, candidate, maximum));
            Replace(ref at, where(larger, cells, at));
        }
        return (maximum.MoveToOuterDisposeScope(), at.MoveToOuterDisposeScope());
    }

    private static void Replace(ref Tensor kept, Tensor next)
    {
        next.MoveToOuterDisposeScope();
        kept.Dispose();
        kept = next;
    }

    private void AddDisplacements(DirectionTensors directions, Tensor destinations, Tensor alike)
    {
        using var scope = NewDisposeScope();
        Tensor apart = _sourceDisplacement - _displacement.index_select(2, destinations).view(_batch, 2, directions.Count, Sources);
        Tensor off = where(_sourceIsBackground.unsqueeze(1), apart, apart - directions.Deltas);
        _displaced.Add(Where(alike, off.abs()).sum([1, 2], type: float64));
        Tensor signs = Where(alike, off.sign());
        AddPulls(_sources, signs.sum(2), 1);
        AddPulls(destinations, signs.view(_batch, 2, -1), -1);
    }

    private void AddPulls(Tensor cells, Tensor pulls, double times)
    {
        using Scalar alpha = times.ToScalar();
        _pulls.index_add_(2, cells.to(int64), pulls, alpha);
    }

    /// <summary>The sums over background and over foreground sources.</summary>
    private (Tensor Background, Tensor Foreground) Split(Tensor perSource)
    {
        Tensor background = Where(_sourceIsBackground.squeeze(1), perSource).sum();
        return (background, Where(_sourceIsBackground.squeeze(1).logical_not(), perSource).sum());
    }

    private Tensor Where(Tensor condition, Tensor values) => where(condition, values, _zero);

    private static Tensor ByKind(Tensor background, double ofBackground, double ofForeground) =>
        where(background, tensor(ofBackground, device: background.device), tensor(ofForeground, device: background.device));

    private static double[] Read(params Tensor[] numbers) => stack(numbers).cpu().data<double>().ToArray();
}
