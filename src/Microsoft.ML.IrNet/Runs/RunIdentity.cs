using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>What the outcome of work depends on besides its options: the data, files and the device.</summary>
internal static class RunIdentity
{
    /// <summary>A digest of names and tags; where the files lie does not matter.</summary>
    public static string Of(IReadOnlyList<Photograph> photographs) =>
        $"{photographs.Count} photographs, {Digest(photographs.Select(photograph => $"{photograph.Name}\t{string.Join(' ', photograph.Tags)}"))}";

    /// <summary>A digest of a set of names.</summary>
    public static string OfNames(IReadOnlySet<string> names) => $"{names.Count} names, {Digest(names.Order(StringComparer.Ordinal))}";

    /// <summary>A digest of the files' sizes, by which replaced ones are noticed.</summary>
    public static string OfFiles(IReadOnlyList<Photograph> photographs) => OfFiles(photographs.Select(photograph => photograph.Path));

    /// <summary>A digest of the sizes of files.</summary>
    public static string OfFiles(IEnumerable<string> paths) => Digest(paths.Select(path => $"{PhotographFiles.LengthOf(path)}"));

    /// <summary>A digest of a file's content; null for no file.</summary>
    /// <exception cref="WeightsException">The file cannot be read.</exception>
    public static string? OfFile(string? path)
    {
        if (path is null)
            return null;
        try
        {
            using Stream stream = FileLayer.OpenRead(path);
            return Short(SHA256.HashData(stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WeightsException(path, $"cannot be read ({error.Message}); check the path and its permissions.", error);
        }
    }

    /// <summary>A digest of a network's weights.</summary>
    public static string Of(torch.nn.Module network)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (StoredTensor tensor in ModuleWeights.Save(network).Values.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{tensor.Name} {tensor.Type} {string.Join(' ', tensor.Shape)}\n"));
            hash.AppendData(tensor.Data.Span);
        }
        return Short(hash.GetHashAndReset());
    }

    /// <summary>The kind of device: what is computed on another kind differs in the last digits.</summary>
    public static string Of(torch.Device device) => device.type.ToString();

    private static string Digest(IEnumerable<string> lines) => Short(LineDigest.Of(lines));

    private static string Short(byte[] digest) => Short(Convert.ToHexString(digest));

    private static string Short(string digest) => digest[..16];
}
