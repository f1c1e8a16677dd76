namespace Microsoft.ML.IrNet;

/// <summary>A training run that cannot go on.</summary>
/// <param name="subject">The stage and step, or the photograph, at fault.</param>
/// <param name="problem">What is wrong with it, what was expected and what to do, as one line.</param>
/// <param name="innerException">The error this one explains.</param>
public sealed class TrainingException(string subject, string problem, Exception? innerException = null)
    : IrNetException(subject, problem, innerException);
