using System.Security.Cryptography;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Weights;

public sealed class WeightCacheTests : IDisposable
{
    private readonly byte[] _body = [.. Enumerable.Range(0, 200_000).Select(index => (byte)(index * 31 >> 3))];
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"irnet-cache-{Guid.NewGuid():N}");
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly WeightCache _cache;

    public WeightCacheTests() => _cache = new WeightCache(_folder, _client);

    public void Dispose()
    {
        _client.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_is_fetched_once_with_progress_and_then_found()
    {
        using var server = new LoopbackServer("200 OK", _body);
        var progress = new Steps();
        string path = await _cache.FetchAsync(Source(server), progress);
        Assert.Equal(_body, await File.ReadAllBytesAsync(path));
        Assert.Equal((_body.Length, (long?)_body.Length), progress.Last);
        Assert.True(progress.Grew);

        Assert.Equal(path, await _cache.FetchAsync(Source(server)));
        Assert.Equal(1, server.Requests);
        AssertOnlyFile("weights.bin");
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_one_fetch()
    {
        using var server = new LoopbackServer("200 OK", _body);
        string[] paths = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new WeightCache(_folder, _client).FetchAsync(Source(server))));
        Assert.Single(paths.Distinct());
        Assert.Equal(1, server.Requests);
        AssertOnlyFile("weights.bin");
    }

    [SkippableFact]
    public async Task A_folder_that_others_can_write_to_is_refused()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Owner and mode are looked at on Linux.");
        Directory.CreateDirectory(_folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, (UnixFileMode)0x1ff);
        using var server = new LoopbackServer("200 OK", _body);
        var error = await Assert.ThrowsAsync<OutputException>(() => _cache.FetchAsync(Source(server)));
        Assert.Contains("other users", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task Another_checksum_is_refused_and_leaves_nothing()
    {
        using var server = new LoopbackServer("200 OK", [.. _body.Skip(1)]);
        var error = await Assert.ThrowsAsync<WeightsException>(() => _cache.FetchAsync(Source(server)));
        Assert.Contains("SHA-256", error.Message, StringComparison.Ordinal);
        AssertNoFile();
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_refused_and_leaves_nothing()
    {
        using var server = new LoopbackServer("200 OK", _body[..1000], declaredLength: _body.Length);
        await RefusedAsync(Source(server), "could not be fetched");
    }

    [Fact]
    public async Task A_server_without_the_file_is_named_with_the_place_to_put_it()
    {
        using var server = new LoopbackServer("404 Not Found", []);
        await RefusedAsync(Source(server), "404", server.Address.ToString(), Path.Combine(_folder, "weights.bin"));
    }

    [Fact]
    public async Task No_server_is_named_with_the_place_to_put_the_file()
    {
        WeightSource source;
        using (var server = new LoopbackServer("200 OK", _body))
            source = Source(server);
        await RefusedAsync(source, "could not be fetched", source.Address.ToString(), Path.Combine(_folder, "weights.bin"));
    }

    [Fact]
    public async Task A_redirection_to_plain_http_elsewhere_is_refused()
    {
        // The client of this test reports an answer from elsewhere without any network.
        using var client = new HttpClient(new AnswerFrom(new Uri("http://example.invalid/weights.bin"), _body));
        using var server = new LoopbackServer("200 OK", _body);
        var error = await Assert.ThrowsAsync<WeightsException>(() => new WeightCache(_folder, client).FetchAsync(Source(server)));
        Assert.Contains("not https", error.Message, StringComparison.Ordinal);
        AssertNoFile();
    }

    [Fact]
    public async Task Cancelling_while_bytes_come_leaves_nothing()
    {
        using var server = new LoopbackServer("200 OK", _body[..1000], declaredLength: _body.Length, hangs: true);
        using var cancel = new CancellationTokenSource();
        var progress = new Steps { OnReport = cancel.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _cache.FetchAsync(Source(server), progress, cancel.Token));
        AssertNoFile();
    }

    [Fact]
    public async Task A_cached_file_that_was_damaged_is_refused_by_name()
    {
        using var server = new LoopbackServer("200 OK", _body);
        Directory.CreateDirectory(_folder);
        string path = Path.Combine(_folder, "weights.bin");
        await File.WriteAllBytesAsync(path, _body[1..]);
        var error = await Assert.ThrowsAsync<WeightsException>(() => _cache.FetchAsync(Source(server)));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_an_output_error()
    {
        using var server = new LoopbackServer("200 OK", _body);
        await File.WriteAllTextAsync(_folder, "a file in the way");
        try
        {
            await Assert.ThrowsAsync<OutputException>(() => new WeightCache(Path.Combine(_folder, "below"), _client).FetchAsync(Source(server)));
        }
        finally
        {
            File.Delete(_folder);
        }
    }

    private async Task RefusedAsync(WeightSource source, params string[] parts)
    {
        var error = await Assert.ThrowsAsync<WeightsException>(() => _cache.FetchAsync(source));
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        AssertNoFile();
    }

    private WeightSource Source(LoopbackServer server) =>
        new("test", server.Address, Convert.ToHexString(SHA256.HashData(_body))[..8], "weights.bin");

    private void AssertNoFile() => Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));

    private void AssertOnlyFile(string name) => Assert.Equal([name], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName));

    private sealed class Steps : IProgress<(long Done, long? Total)>
    {
        public (long, long?) Last { get; private set; }

        public bool Grew { get; private set; } = true;

        public Action? OnReport { get; init; }

        public void Report((long Done, long? Total) value)
        {
            Grew &= value.Done > Last.Item1;
            Last = value;
            OnReport?.Invoke();
        }
    }

    private sealed class AnswerFrom(Uri address, byte[] body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(body), RequestMessage = new HttpRequestMessage(HttpMethod.Get, address) });
    }
}
