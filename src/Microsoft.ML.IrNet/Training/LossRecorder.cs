using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Training;

/// <summary>Keeps the losses of all steps, also over interruptions: they are part of a checkpoint.</summary>
internal sealed class LossRecorder
{
    private const string Prefix = "losses.";

    private readonly List<(string Name, List<float> Values)> _curves = [];
    private int _steps;

    /// <summary>All losses of all steps so far, the one that is minimised first.</summary>
    public IReadOnlyList<LossCurve> Curves => [.. _curves.Select(curve => new LossCurve(curve.Name, curve.Values))];

    /// <summary>Adds a step; what it does not name is NaN there.</summary>
    public void Add(IReadOnlyList<KeyValuePair<string, float>> losses)
    {
        _steps++;
        foreach ((string name, float value) in losses)
            ValuesOf(name).Add(value);
        foreach ((_, List<float> values) in _curves)
            if (values.Count < _steps)
                values.Add(float.NaN);
    }

    /// <summary>What goes into a checkpoint.</summary>
    public IEnumerable<StoredTensor> Save() => _curves.Select(curve => StoredTensor.FromSingle(Prefix + curve.Name, [_steps], curve.Values.ToArray()));

    /// <summary>Takes up what a checkpoint holds; one without losses is of a version that kept none.</summary>
    /// <param name="path">The checkpoint, for errors.</param>
    /// <param name="state">Its tensors.</param>
    /// <param name="steps">The steps that are done.</param>
    /// <exception cref="WeightsException">A curve has another number of steps.</exception>
    public void Restore(string path, StateDict state, long steps)
    {
        foreach (StoredTensor stored in state.Values.Where(stored => stored.Name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            if (stored.Count != steps)
                throw new WeightsException(path, $"has '{stored.Name}' of {stored.Count} steps where {steps} are done; remove it or give another CheckpointDirectory.");
            _curves.Add((stored.Name[Prefix.Length..], [.. stored.ToSingle()]));
        }
        _steps = (int)steps;
    }

    private List<float> ValuesOf(string name)
    {
        int at = _curves.FindIndex(curve => curve.Name == name);
        if (at >= 0)
            return _curves[at].Values;
        List<float> values = [.. Enumerable.Repeat(float.NaN, _steps - 1)];
        _curves.Add((name, values));
        return values;
    }
}
