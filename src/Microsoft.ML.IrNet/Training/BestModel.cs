using System.Globalization;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Training;

/// <summary>The weights with the best score of all validations so far; with a folder, also as a file there, so that a resumed run knows them.</summary>
internal sealed class BestModel
{
    private const string ScoreEntry = "score";

    private readonly string? _path;
    private StateDict? _weights;

    /// <param name="folder">Where the file is; null for none.</param>
    /// <param name="stage">The training, which names the file.</param>
    public BestModel(string? folder, string stage) =>
        _path = folder is null ? null : Path.Combine(folder, $"{TrainingCheckpoint.FileName(stage)}-best.safetensors");

    /// <summary>The best score; null before the first validation.</summary>
    public double? Score { get; private set; }

    /// <summary>Takes up what an earlier run found.</summary>
    public void Restore()
    {
        if (_path is null || !File.Exists(_path))
            return;
        _weights = SafeTensors.Read(_path);
        Score = double.TryParse(_weights.Metadata.GetValueOrDefault(ScoreEntry), CultureInfo.InvariantCulture, out double score) ? score
            : throw new WeightsException(_path, "has no score; remove it or give another CheckpointDirectory.");
    }

    /// <summary>Takes in a validation; a score that is not a number counts as worse than any.</summary>
    public void Offer(torch.nn.Module network, double score)
    {
        if (double.IsNaN(score))
            score = double.NegativeInfinity;
        if (score <= Score)
            return;
        Score = score;
        _weights = new StateDict(ModuleWeights.Save(network).Values, new Dictionary<string, string> { [ScoreEntry] = score.ToString("R", CultureInfo.InvariantCulture) });
        if (_path is not null)
            SafeTensors.Write(_path, _weights);
    }

    /// <summary>Puts the best weights into the network; without a validation it stays as it is.</summary>
    public void Apply(torch.nn.Module network)
    {
        if (_weights is not null)
            ModuleWeights.Load(network, _weights).RequireComplete(_path ?? "the best model");
    }
}
