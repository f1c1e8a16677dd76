using System.Security.Cryptography;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Interop;

namespace Microsoft.ML.IrNet.Weights;

/// <summary>Keeps fetched weights in a folder, each fetched once and checked against its SHA-256 whenever it is asked for.</summary>
/// <param name="folder">The folder; null takes the environment variable IRNET_CACHE, else <c>irnet</c> in the user's cache folder (<c>~/.cache</c> on Linux).</param>
/// <param name="client">What fetches; null takes one with the system's proxy settings.</param>
public sealed class WeightCache(string? folder = null, HttpClient? client = null)
{
    private static readonly HttpClient _shared = new();

    // One at a time: a second caller who wants the same file finds it there.
    private static readonly SemaphoreSlim _turn = new(1, 1);

    private readonly HttpClient _client = client ?? _shared;

    /// <summary>The folder the weights are kept in; it need not exist yet.</summary>
    /// <exception cref="OptionException">No folder was given and this user has no cache folder.</exception>
    public string Folder { get; } = folder ?? (Environment.GetEnvironmentVariable("IRNET_CACHE") is { Length: > 0 } given ? given : UserCacheFolder.Path)
        ?? throw new OptionException("IRNET_CACHE", "must name a folder for fetched weights, because this user has no cache folder.");

    /// <summary>Why others than the current user could replace what is in the folder; null where they cannot, where it does not exist yet, and on systems other than Linux.</summary>
    public string? OpenToOthers => OperatingSystem.IsLinux() && Directory.Exists(Folder) ? PrivateFolder.OpenToOthers(Folder) : null;

    /// <summary>Gives the path of the weights' file, fetching it first where it is not in the cache.</summary>
    /// <param name="source">The weights.</param>
    /// <param name="progress">Told the bytes that have come and, where the server says, all that will; not called for a file that is already there.</param>
    /// <param name="cancellationToken">Stops the fetching; nothing is left behind.</param>
    /// <exception cref="WeightsException">The file could not be fetched, or has another checksum.</exception>
    /// <exception cref="OutputException">The file could not be written into the cache, or others can write there.</exception>
    public async Task<string> FetchAsync(WeightSource source, IProgress<(long Done, long? Total)>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        string path = Path.Combine(Path.GetFullPath(Folder), source.FileName);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!File.Exists(path))
                await FetchAsync(source, path, progress, cancellationToken).ConfigureAwait(false);
            else if (await ChecksumAsync(path, cancellationToken).ConfigureAwait(false) is var found && !Matches(source, found))
                throw new WeightsException(path, $"its SHA-256 is {found}, but that of {source.Name} begins with {source.Sha256}; remove the file to have it fetched again.");
            return path;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task FetchAsync(WeightSource source, string path, IProgress<(long Done, long? Total)>? progress, CancellationToken cancellationToken)
    {
        string part = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}.part";
        try
        {
            EnsureFolder(Path.GetDirectoryName(path)!);
            await using (FileStream file = new(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true))
                await WeightDownload.CopyAsync(_client, source, path, file, progress, cancellationToken).ConfigureAwait(false);
            string found = await ChecksumAsync(part, cancellationToken).ConfigureAwait(false);
            if (!Matches(source, found))
                throw new WeightsException(source.Name, $"the SHA-256 of what came from {source.Address} is {found}, but should begin with {source.Sha256}; try again, or fetch the file elsewhere and put it at {path}.");
            File.Move(part, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(path, $"could not be written ({error.Message}); check the free space and the permissions of its folder, or set IRNET_CACHE to another.", error);
        }
        finally
        {
            TryDelete(part);
        }
    }

    // A checksum of eight digits keeps out damage, not somebody who may write here.
    private static void EnsureFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (OperatingSystem.IsLinux() && PrivateFolder.OpenToOthers(folder) is { } problem)
            throw new OutputException(folder, $"{problem}, so that what is fetched into it could be replaced; make it your own and writable for you alone (chmod go-w), or set IRNET_CACHE to another folder.");
    }

    private static bool Matches(WeightSource source, string checksum) => checksum.StartsWith(source.Sha256, StringComparison.OrdinalIgnoreCase);

    private static async Task<string> ChecksumAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream file = File.OpenRead(path);
            return Convert.ToHexString(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false)).ToLowerInvariant();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WeightsException(path, $"could not be read ({error.Message}).", error);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A part left behind does no harm; what happened before matters more.
        }
    }
}
