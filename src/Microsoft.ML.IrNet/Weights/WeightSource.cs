using System.Buffers;

namespace Microsoft.ML.IrNet.Weights;

/// <summary>Weights that can be fetched by name.</summary>
/// <param name="Name">What users call them: <c>resnet50</c>.</param>
/// <param name="Address">Where they are: https, or http on this machine itself.</param>
/// <param name="Sha256">
/// The first hexadecimal digits of the file's SHA-256, at least 8 and at most 64. PyTorch publishes 8 and puts them into the file's name: enough against a damaged
/// or wrong file, too few against one forged on purpose, for which https must serve.
/// </param>
/// <param name="FileName">The file's name in the cache, without folders.</param>
/// <exception cref="ArgumentException">A value breaks these rules.</exception>
public sealed record WeightSource(string Name, Uri Address, string Sha256, string FileName)
{
    private static readonly SearchValues<char> _hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Where the weights are.</summary>
    public Uri Address { get; } = IsAllowed(Address) ? Address
        : throw new ArgumentException($"{Address} is neither https nor http on this machine.", nameof(Address));

    /// <summary>The first hexadecimal digits of the file's SHA-256.</summary>
    public string Sha256 { get; } = Sha256 is { Length: >= 8 and <= 64 } && !Sha256.AsSpan().ContainsAnyExcept(_hexadecimal) ? Sha256
        : throw new ArgumentException($"'{Sha256}' is not 8 to 64 hexadecimal digits.", nameof(Sha256));

    /// <summary>The file's name in the cache.</summary>
    public string FileName { get; } = FileName is { Length: > 0 } and not ("." or "..") && FileName.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) < 0
        && FileName.AsSpan().IndexOfAny('/', '\\') < 0 ? FileName
        : throw new ArgumentException($"'{FileName}' is no plain file name.", nameof(FileName));

    /// <summary>Whether weights may come from an address: nobody between can change what arrives.</summary>
    internal static bool IsAllowed(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
