using System.Globalization;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Training;

/// <summary>
/// The state of a run in one safetensors file, so that it is never half of one step and half of another: the network's weights, the optimiser's
/// momentum and the losses so far, and as metadata the step, the recipe and a digest of the photographs. Order and augmentation follow from seed and step.
/// </summary>
internal sealed class TrainingCheckpoint
{
    private const string Weights = "network.";
    private const string Momentum = "momentum.";
    private const string Step = "step";
    private const string Photographs = "photographs";
    private const string Unscored = "unscored";
    private const string Format = "format";
    private const string Program = "program";

    private readonly string _path;
    private readonly Dictionary<string, string> _recipe;
    private readonly string _photographs;

    /// <param name="folder">Where the file is; made where missing.</param>
    /// <param name="stage">The training, which names the file.</param>
    /// <param name="options">The recipe.</param>
    /// <param name="images">What is learned from.</param>
    public TrainingCheckpoint(string folder, string stage, TrainingOptions options, IPhotographSource images)
    {
        _path = Path.Combine(folder, $"{FileName(stage)}.safetensors");
        _recipe = options.Recipe();
        _photographs = Digest(images);
    }

    /// <summary>What the files of a training are called, without extension.</summary>
    public static string FileName(string stage) => stage.ToLowerInvariant().Replace(' ', '-');

    /// <summary>The state that is on disk; null for none.</summary>
    public (string Path, long Step)? LastSaved { get; private set; }

    /// <summary>Takes up an earlier run; without one nothing changes.</summary>
    /// <returns>The steps that are done, and whether the epoch that the last of them ended is still to be validated.</returns>
    public (long Steps, bool Unscored) Restore(torch.nn.Module network, Sgd optimiser, LossRecorder losses)
    {
        if (!File.Exists(_path))
            return (0, false);
        StateDict state = SafeTensors.Read(_path);
        RequireReadable(state.Metadata);
        RequireSameRun(state.Metadata);
        ModuleWeights.Load(network, state, name => Below(Weights, name)).RequireComplete(_path);
        foreach (StoredTensor stored in state.Values)
            if (Below(Momentum, stored.Name) is { } name && !optimiser.TryRestore(name, stored.Shape, stored.ToSingle()))
                throw new WeightsException(_path, $"has the momentum of '{name}' in the shape [{string.Join(", ", stored.Shape)}], which is no parameter of the network; remove it or give another CheckpointDirectory.");
        if (!long.TryParse(state.Metadata.GetValueOrDefault(Step), NumberStyles.None, CultureInfo.InvariantCulture, out long step))
            throw new WeightsException(_path, "is no training checkpoint; remove it or give another CheckpointDirectory.");
        losses.Restore(_path, state, step);
        LastSaved = (_path, step);
        return (step, state.Metadata.ContainsKey(Unscored));
    }

    /// <summary>Replaces the file.</summary>
    /// <param name="network">What is trained.</param>
    /// <param name="optimiser">Its momentum.</param>
    /// <param name="losses">Those of its steps.</param>
    /// <param name="steps">The steps that are done.</param>
    /// <param name="unscored">Whether the epoch that the last of them ended is still to be validated.</param>
    /// <param name="buffers">The network's buffers after those steps, where they are no longer in it; null for those that it has.</param>
    public void Save(torch.nn.Module network, Sgd optimiser, LossRecorder losses, long steps, bool unscored, StateDict? buffers)
    {
        var metadata = new Dictionary<string, string>(_recipe)
        {
            [Photographs] = _photographs,
            [Step] = steps.ToString(CultureInfo.InvariantCulture),
            [Format] = FormatVersion.Current.ToString(CultureInfo.InvariantCulture),
            [Program] = FormatVersion.Program,
        };
        if (unscored)
            metadata[Unscored] = "";
        IEnumerable<StoredTensor> weights = ModuleWeights.Save(network).Values
            .Select(tensor => (buffers is not null && buffers.TryGetValue(tensor.Name, out StoredTensor? before) ? before : tensor) with { Name = Weights + tensor.Name });
        IEnumerable<StoredTensor> momentum = optimiser.Momentum.Select(entry => StoredTensor.FromSingle(Momentum + entry.Key, entry.Value.Shape, entry.Value.Values));
        SafeTensors.Write(_path, new StateDict(weights.Concat(momentum).Concat(losses.Save()), metadata));
        LastSaved = (_path, steps);
    }

    private void RequireReadable(IReadOnlyDictionary<string, string> metadata)
    {
        if (int.TryParse(metadata.GetValueOrDefault(Format), CultureInfo.InvariantCulture, out int format) && format > FormatVersion.Current)
            throw new WeightsException(_path,
                $"was written by version {metadata.GetValueOrDefault(Program)}, which this version ({FormatVersion.Program}) cannot go on with; use that version, or give another CheckpointDirectory.");
    }

    private void RequireSameRun(IReadOnlyDictionary<string, string> earlier)
    {
        foreach ((string option, string value) in _recipe)
            if (earlier.TryGetValue(option, out string? before) && before != value)
                throw new OptionException(option, $"is {value}, but the run in {_path} was started with {before}; use that, or give another CheckpointDirectory.");
        if (earlier.TryGetValue(Photographs, out string? photographs) && photographs != _photographs)
            throw new OptionException(nameof(TrainingOptions.CheckpointDirectory), $"{_path} is of a run over other photographs or tags; give another folder.");
    }

    private static string? Below(string prefix, string name) => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;

    private static string Digest(IPhotographSource images) => LineDigest.Of(
        Enumerable.Range(0, images.Count).Select(i => $"{images.Name(i)}\t{string.Join(' ', (images as ITaggedImages)?.Tags(i) ?? [])}"));
}
