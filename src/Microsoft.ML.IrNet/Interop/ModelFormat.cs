using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Interop;

/// <summary>How one kind of transformer signs its part of a model file.</summary>
/// <param name="Signature">8 characters that open the part.</param>
/// <param name="Loader">The name, of at most 24 characters, by which ML.NET finds the loading method.</param>
/// <param name="Transformer">The kind of transformer; its assembly's name in the model is what loads that assembly in a fresh process.</param>
internal sealed record ModelFormat(string Signature, string Loader, Type Transformer)
{
    /// <summary>The version written; raised with every change that older code cannot read.</summary>
    public const uint Version = 0x00010001;

    /// <summary>ML.NET's form of it.</summary>
    public VersionInfo ToVersionInfo() => new(
        modelSignature: Signature,
        verWrittenCur: Version,
        verReadableCur: Version,
        verWeCanReadBack: Version,
        loaderSignature: Loader,
        loaderAssemblyName: Transformer.Assembly.FullName);
}
