namespace Microsoft.ML.IrNet;

/// <summary>Torch's native library cannot be loaded, most often because the program references no backend package.</summary>
/// <param name="subject">The library or folder that is wrong.</param>
/// <param name="problem">What is wrong with it, what was expected and what to do, as one line.</param>
/// <param name="innerException">The error this one explains.</param>
public sealed class TorchBackendException(string subject, string problem, Exception? innerException = null)
    : IrNetException(subject, problem, innerException);
