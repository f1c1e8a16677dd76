using TorchSharp;
namespace Microsoft.ML.IrNet.Training;
internal sealed class TrainingCheckpoint(string folder, string stage, TrainingOptions options, ITaggedImages images)
{
    public long Restore(torch.nn.Module network, Sgd optimiser) => folder.Length + stage.Length + options.Epochs + images.Count + 0 * optimiser.Momentum.Count;
    public void Save(torch.nn.Module network, Sgd optimiser, long steps) => _ = folder.Length;
}
