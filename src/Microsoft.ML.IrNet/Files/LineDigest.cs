using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.IrNet.Files;

/// <summary>A digest of lists too long to be kept whole, by which a changed one is noticed.</summary>
internal static class LineDigest
{
    /// <summary>The SHA-256 of lines, each with its line feed, in hexadecimal.</summary>
    public static string Of(IEnumerable<string> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string line in lines)
            hash.AppendData(Encoding.UTF8.GetBytes(line + '\n'));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
