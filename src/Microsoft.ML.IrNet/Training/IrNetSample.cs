namespace Microsoft.ML.IrNet.Training;

/// <summary>One photograph of an IRNet training batch.</summary>
/// <param name="Pixels">[3, crop, crop], normalised.</param>
/// <param name="ReducedLabels">[crop / 4, crop / 4]: 0 background, class + 1, 255 not known.</param>
internal sealed record IrNetSample(float[] Pixels, byte[] ReducedLabels);
