namespace Microsoft.ML.IrNet;

/// <summary>An option whose value is out of range or contradicts another.</summary>
/// <param name="option">The option, as its users write it.</param>
/// <param name="problem">What is wrong with it, what was expected and what to do, as one line.</param>
/// <param name="innerException">The error this one explains.</param>
public sealed class OptionException(string option, string problem, Exception? innerException = null)
    : IrNetException(option, problem, innerException);
