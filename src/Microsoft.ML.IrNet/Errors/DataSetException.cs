namespace Microsoft.ML.IrNet;

/// <summary>A data set whose files or rows are not as its format requires.</summary>
/// <param name="source">The file, and where it applies the row, that is wrong.</param>
/// <param name="problem">What is wrong with it, what was expected and what to do, as one line.</param>
/// <param name="innerException">The error this one explains.</param>
public sealed class DataSetException(string source, string problem, Exception? innerException = null)
    : IrNetException(source, problem, innerException);
