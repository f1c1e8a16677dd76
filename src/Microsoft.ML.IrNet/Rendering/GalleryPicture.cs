using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Rendering;

/// <summary>One picture of a gallery row.</summary>
/// <param name="Caption">Shown below the picture.</param>
/// <param name="Image">The picture.</param>
public sealed record GalleryPicture(string Caption, RgbImage Image);
