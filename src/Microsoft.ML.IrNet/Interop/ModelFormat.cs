using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Interop;

/// <summary>How one kind of transformer signs its part of a model file.</summary>
/// <param name="Signature">8 characters that open the part.</param>
/// <param name="Loader">The name, of at most 24 characters, by which ML.NET finds the loading method.</param>
internal sealed record ModelFormat(string Signature, string Loader)
{
    /// <summary>The version written; raised with every change that older code cannot read.</summary>
    private const uint Version = 0x00010001;

    /// <summary>ML.NET's form of it; the assembly's name in it is what loads this library in a fresh process.</summary>
    public VersionInfo ToVersionInfo() => new(
        modelSignature: Signature,
        verWrittenCur: Version,
        verReadableCur: Version,
        verWeCanReadBack: Version,
        loaderSignature: Loader,
        loaderAssemblyName: typeof(ModelFormat).Assembly.FullName);
}
