using TorchSharp;

namespace Microsoft.ML.IrNet.Training;

/// <summary>The state of a run on disk.</summary>
internal sealed class TrainingCheckpoint
{
    public TrainingCheckpoint(string folder, string stage, TrainingOptions options, ITaggedImages images) =>
        throw new OptionException(nameof(TrainingOptions.CheckpointDirectory), $"{folder} cannot be used yet for the {stage} of {images.Count} photographs in {options.Epochs} epochs; leave it out.");

    public long Restore(torch.nn.Module network, Sgd optimiser) => throw new NotSupportedException();

    public void Save(torch.nn.Module network, Sgd optimiser, long steps) => throw new NotSupportedException();
}
