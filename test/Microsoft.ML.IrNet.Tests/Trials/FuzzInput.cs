namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>What is given to a parser.</summary>
/// <param name="Kind">Which of a format's parsers it is for: a data set has several files.</param>
/// <param name="Bytes">The file.</param>
internal sealed record FuzzInput(string Kind, byte[] Bytes);
