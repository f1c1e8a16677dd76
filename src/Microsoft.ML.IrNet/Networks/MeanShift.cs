using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>Takes the data set's mean from the displacement field in evaluation, and leaves it alone in training.</summary>
internal sealed class MeanShift : nn.Module<Tensor, Tensor>
{
    // PyTorch's name, under which RegisterComponents registers it and .to(device) replaces it.
    private readonly Tensor running_mean;

    public MeanShift(int channels) : base(nameof(MeanShift))
    {
        running_mean = zeros(channels).DetachFromDisposeScope();
        RegisterComponents();
    }

    public Tensor RunningMean => running_mean;

    public override Tensor forward(Tensor input)
    {
        if (training)
            return input.alias();
        using Tensor shift = running_mean.view(1, -1, 1, 1);
        return input - shift;
    }
}
