using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>A batch norm over [B,C,H,W] that by default uses its running statistics in training too; the affine part is always trainable. PyTorch's names.</summary>
internal sealed class BatchNormalisation : nn.Module<Tensor, Tensor>
{
    public const double Epsilon = 1e-5;

    private readonly bool _frozen;

    // PyTorch's names, under which RegisterComponents registers them and .to(device) replaces them.
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;

    public BatchNormalisation(int channels, Normalisation normalisation) : base(nameof(BatchNormalisation))
    {
        _frozen = normalisation == Normalisation.FrozenBatchNorm;
        weight = (Parameter)new Parameter(ones(channels)).DetachFromDisposeScope();
        bias = (Parameter)new Parameter(zeros(channels)).DetachFromDisposeScope();
        running_mean = zeros(channels).DetachFromDisposeScope();
        running_var = ones(channels).DetachFromDisposeScope();
        RegisterComponents();
    }

    public Tensor Weight => weight;

    public Tensor Bias => bias;

    public Tensor RunningMean => running_mean;

    public Tensor RunningVariance => running_var;

    public override Tensor forward(Tensor input) => nn.functional.batch_norm(
        input, running_mean, running_var, weight, bias, training: training && !_frozen && HasVariance(input), momentum: 0.1, eps: Epsilon);

    // One value a channel, such as the mean of a single image, has no variance of its own: torch refuses it, and the running statistics serve.
    private static bool HasVariance(Tensor input) => input.numel() > input.shape[1];
}
