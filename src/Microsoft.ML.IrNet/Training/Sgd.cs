using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using TorchSharp.Modules;

namespace Microsoft.ML.IrNet.Training;

/// <summary>
/// PyTorch's SGD with weight decay and momentum. TorchSharp's own keeps its momentum under native handles, which cannot be saved by parameter name.
/// Parameters without a gradient are left alone: no decay either.
/// </summary>
internal sealed class Sgd : IDisposable
{
    private readonly List<(string Name, Parameter Parameter, double RateFactor)> _parameters = [];
    private readonly Dictionary<string, torch.Tensor> _momentum = [];
    private readonly double _weightDecay;
    private readonly double _momentumFactor;
    private readonly double? _clip;

    /// <param name="weightDecay">Added to the gradient, times the parameter.</param>
    /// <param name="momentum">What is kept of the last update's direction.</param>
    /// <param name="clip">Longest l2 norm of all gradients together; null for any.</param>
    public Sgd(double weightDecay, double momentum, double? clip) => (_weightDecay, _momentumFactor, _clip) = (weightDecay, momentum, clip);

    /// <summary>Copies of the directions kept from the last update, by parameter name.</summary>
    public IEnumerable<KeyValuePair<string, (long[] Shape, float[] Values)>> Momentum => _momentum.Select(entry =>
    {
        using var scope = torch.NewDisposeScope();
        return KeyValuePair.Create(entry.Key, (entry.Value.shape, entry.Value.cpu().contiguous().data<float>().ToArray()));
    });

    /// <summary>Adds a parameter that learns <paramref name="rateFactor"/> times as fast as the rate given to <see cref="Step"/>.</summary>
    public void Add(string name, Parameter parameter, double rateFactor) => _parameters.Add((name, parameter, rateFactor));

    /// <summary>Takes up a direction that an earlier run has kept.</summary>
    /// <returns>Whether there is a parameter of that name and shape.</returns>
    public bool TryRestore(string name, ReadOnlySpan<long> shape, float[] momentum)
    {
        Parameter? parameter = _parameters.Find(entry => entry.Name == name).Parameter;
        if (parameter is null || !shape.SequenceEqual(parameter.shape))
            return false;
        if (_momentum.Remove(name, out torch.Tensor? before))
            before.Dispose();
        _momentum[name] = torch.tensor(momentum, parameter.shape, device: parameter.device).DetachFromDisposeScope();
        return true;
    }

    /// <summary>Whether no gradient has a value that is NaN or infinite.</summary>
    public bool HasFiniteGradients() => AreFinite(_parameters.Select(entry => entry.Parameter.grad));

    /// <summary>Whether no parameter has one.</summary>
    public bool HasFiniteParameters() => AreFinite(_parameters.Select(entry => entry.Parameter));

    /// <summary>Updates all parameters that have a gradient, then forgets the gradients.</summary>
    public void Step(double rate)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        if (_clip is { } norm)
            torch.nn.utils.clip_grad_norm_(_parameters.Where(entry => entry.Parameter.grad is not null).Select(entry => entry.Parameter), norm);
        foreach ((string name, Parameter parameter, double rateFactor) in _parameters)
        {
            if (parameter.grad is not { } gradient)
                continue;
            torch.Tensor direction = _weightDecay == 0 ? gradient : gradient.Plus(parameter, times: _weightDecay);
            if (_momentumFactor != 0)
            {
                if (_momentum.TryGetValue(name, out torch.Tensor? kept))
                    kept.Scale(_momentumFactor).Add(direction);
                else
                    _momentum[name] = kept = direction.clone().DetachFromDisposeScope();
                direction = kept;
            }
            parameter.Add(direction, times: -rate * rateFactor);
            parameter.grad = null;
        }
    }

    // NaN and infinity stay in a sum, which is read but once: on another device that waits for all that is under way.
    private static bool AreFinite(IEnumerable<torch.Tensor?> tensors)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        torch.Tensor? sum = null;
        foreach (torch.Tensor? tensor in tensors)
            if (tensor is not null)
                sum = sum is null ? tensor.sum() : sum.Add(tensor.sum());
        return sum is null || float.IsFinite(sum.item<float>());
    }

    public void Dispose()
    {
        foreach (torch.Tensor kept in _momentum.Values)
            kept.Dispose();
        _momentum.Clear();
    }
}
