using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Training;

/// <summary>The losses of a batch, and their gradients on the device of its maps.</summary>
/// <param name="Losses">The losses.</param>
/// <param name="Boundary">d total / d boundary logit, [batch, 1, rows, columns].</param>
/// <param name="Displacement">d total / d displacement, [batch, 2, rows, columns].</param>
internal sealed record LossGradients(AffinityDisplacementLosses Losses, Tensor Boundary, Tensor Displacement);
