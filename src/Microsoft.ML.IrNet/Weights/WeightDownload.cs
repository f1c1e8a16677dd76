namespace Microsoft.ML.IrNet.Weights;

/// <summary>Copies weights from their address into a file, and explains what goes wrong on the way.</summary>
internal static class WeightDownload
{
    private static readonly TimeSpan _longestSilence = TimeSpan.FromSeconds(60);

    /// <summary>Copies the body of the address.</summary>
    /// <param name="client">What fetches.</param>
    /// <param name="source">The weights.</param>
    /// <param name="path">Where the user may put a file fetched elsewhere: named in errors.</param>
    /// <param name="file">Receives the bytes; what goes wrong with it is thrown as it is.</param>
    /// <param name="progress">Told the bytes so far.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    /// <exception cref="WeightsException">The server cannot be reached, refuses, falls silent, or breaks off.</exception>
    public static async Task CopyAsync(
        HttpClient client, WeightSource source, string path, Stream file, IProgress<(long Done, long? Total)>? progress, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using HttpResponseMessage response = await Explain(client.GetAsync(source.Address, HttpCompletionOption.ResponseHeadersRead, silence.Token)).ConfigureAwait(false);
        if (response.RequestMessage?.RequestUri is { } address && !WeightSource.IsAllowed(address))
            throw Failure($"the server sends on to {address}, which is not https");
        if (!response.IsSuccessStatusCode)
            throw Failure($"the server answers {(int)response.StatusCode} {response.ReasonPhrase}");
        await using Stream body = await Explain(response.Content.ReadAsStreamAsync(silence.Token)).ConfigureAwait(false);
        long? total = response.Content.Headers.ContentLength;
        var buffer = new byte[1 << 16];
        for (long done = 0; ;)
        {
            silence.CancelAfter(_longestSilence);
            int read = await Explain(body.ReadAsync(buffer, silence.Token).AsTask()).ConfigureAwait(false);
            if (read == 0)
                return;
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            progress?.Report((done += read, total));
        }

        async Task<T> Explain<T>(Task<T> step)
        {
            try
            {
                return await step.ConfigureAwait(false);
            }
            catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
            {
                throw Failure("the server does not answer any more", error);
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                throw Failure(error.Message.TrimEnd('.'), error);
            }
        }

        WeightsException Failure(string reason, Exception? error = null) =>
            new(source.Name, $"could not be fetched from {source.Address} ({reason}); without a connection, fetch it elsewhere and put it at {path}.", error);
    }
}
