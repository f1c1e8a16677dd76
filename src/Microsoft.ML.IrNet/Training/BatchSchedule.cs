namespace Microsoft.ML.IrNet.Training;

/// <summary>
/// Which photographs make up each step's batch: shuffled every epoch, the incomplete last batch dropped as published.
/// Fewer photographs than a batch make one smaller batch an epoch. Not for several threads at once.
/// </summary>
internal sealed class BatchSchedule
{
    private readonly int[] _order;
    private readonly int _seed;
    private int _shuffledEpoch = -1;

    /// <param name="count">Photographs, at least one.</param>
    /// <param name="batchSize">Photographs in a step.</param>
    /// <param name="epochs">Rounds over all photographs; not used where <paramref name="steps"/> is given.</param>
    /// <param name="steps">Steps in all, whatever number of epochs that makes.</param>
    /// <param name="seed">Decides the order.</param>
    public BatchSchedule(int count, int batchSize, int epochs, int? steps, int seed)
    {
        _order = new int[count];
        _seed = seed;
        BatchSize = Math.Min(batchSize, count);
        StepsPerEpoch = count / BatchSize;
        Steps = steps ?? (long)epochs * StepsPerEpoch;
        Epochs = (int)((Steps + StepsPerEpoch - 1) / StepsPerEpoch);
    }

    public int BatchSize { get; }

    public int StepsPerEpoch { get; }

    public int Epochs { get; }

    public long Steps { get; }

    public int EpochOf(long step) => (int)(step / StepsPerEpoch);

    public bool EndsEpoch(long step) => (step + 1) % StepsPerEpoch == 0;

    public int[] Batch(long step)
    {
        Shuffle(EpochOf(step));
        return _order.AsSpan((int)(step % StepsPerEpoch) * BatchSize, BatchSize).ToArray();
    }

    private void Shuffle(int epoch)
    {
        if (epoch == _shuffledEpoch)
            return;
        for (int i = 0; i < _order.Length; i++)
            _order[i] = i;
        var random = new RandomStream(_seed, epoch);
        for (int i = _order.Length - 1; i > 0; i--)
        {
            int j = random.NextBelow(i + 1);
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }
        _shuffledEpoch = epoch;
    }
}
