namespace Microsoft.ML.IrNet;

/// <summary>A network gave values that are no numbers: NaN or infinity.</summary>
/// <param name="subject">The values, and where it is known the photograph.</param>
/// <param name="problem">What is wrong with them, what was expected and what to do, as one line.</param>
/// <param name="innerException">The error this one explains.</param>
public sealed class NumericException(string subject, string problem, Exception? innerException = null)
    : IrNetException(subject, problem, innerException);
