namespace Microsoft.ML.IrNet;

/// <summary>A weight file that cannot be read, or weights that do not fit the network.</summary>
/// <param name="source">The file or named source of the weights.</param>
/// <param name="problem">What is wrong with it, what was expected and what to do, as one line.</param>
/// <param name="innerException">The error this one explains.</param>
public sealed class WeightsException(string source, string problem, Exception? innerException = null)
    : IrNetException(source, problem, innerException);
