using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Training;

/// <summary>Computes the losses of a batch and their gradients.</summary>
/// <param name="boundaryLogits">[batch, 1, rows, columns].</param>
/// <param name="displacement">[batch, 2, rows, columns].</param>
/// <param name="labels">Interpixel labels at map size, [batch, rows, columns].</param>
internal delegate LossGradients BatchLoss(Tensor boundaryLogits, Tensor displacement, byte[] labels);
