namespace Microsoft.ML.IrNet;

/// <summary>The base of every error this library reports about its input: a message that names what is wrong and what to do.</summary>
public abstract class IrNetException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="subject">The file, row, column or option that is wrong.</param>
    /// <param name="problem">What is wrong with it, what was expected and what to do, as one line.</param>
    /// <param name="innerException">The error this one explains.</param>
    protected IrNetException(string subject, string problem, Exception? innerException = null)
        : base($"{subject}: {problem}", innerException) => (Subject, Problem) = (subject, problem);

    /// <summary>The file, row, column or option that is wrong.</summary>
    public string Subject { get; }

    /// <summary>What is wrong with it, what was expected and what to do: the message without its subject.</summary>
    public string Problem { get; }
}
