using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Rendering;

/// <summary>What a stage made of a photograph.</summary>
/// <param name="Caption">What the picture shows.</param>
/// <param name="Image">The picture.</param>
public sealed record StagePicture(string Caption, RgbImage Image);
