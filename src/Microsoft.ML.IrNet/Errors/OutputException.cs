namespace Microsoft.ML.IrNet;

/// <summary>A file that could not be written.</summary>
/// <param name="path">The file or folder.</param>
/// <param name="problem">What is wrong with it, what was expected and what to do, as one line.</param>
/// <param name="innerException">The error this one explains.</param>
public sealed class OutputException(string path, string problem, Exception? innerException = null)
    : IrNetException(path, problem, innerException);
