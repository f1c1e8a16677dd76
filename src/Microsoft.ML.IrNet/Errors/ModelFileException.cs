namespace Microsoft.ML.IrNet;

/// <summary>A saved model that cannot be read.</summary>
/// <param name="source">The model file.</param>
/// <param name="problem">What is wrong with it, what was expected and what to do, as one line.</param>
/// <param name="innerException">The error this one explains.</param>
public sealed class ModelFileException(string source, string problem, Exception? innerException = null)
    : IrNetException(source, problem, innerException);
