namespace Microsoft.ML.IrNet.Training;

/// <summary>One photograph of a CAM training batch.</summary>
/// <param name="Pixels">[3, crop, crop], normalised.</param>
/// <param name="Tags">0-based classes that are in it.</param>
internal sealed record CamSample(float[] Pixels, IReadOnlyList<int> Tags);
