namespace Microsoft.ML.IrNet;

/// <summary>An image file that is missing, truncated, no image, or of a kind that cannot be read.</summary>
/// <param name="path">The image file.</param>
/// <param name="problem">What is wrong with it, what was expected and what to do, as one line.</param>
/// <param name="innerException">The error this one explains.</param>
public sealed class ImageFileException(string path, string problem, Exception? innerException = null)
    : IrNetException(path, problem, innerException);
