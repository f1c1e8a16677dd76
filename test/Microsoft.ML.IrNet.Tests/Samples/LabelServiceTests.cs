using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LabelService;
using Microsoft.AspNetCore.Builder;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Estimators;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Networks;

namespace Microsoft.ML.IrNet.Tests.Samples;

/// <summary>The service on a free port, asked over HTTP.</summary>
[Collection("torch")]
public sealed class LabelServiceTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] _classes = ["cat", "dog"];

    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _photograph = PngFile.Encode(TinyPipeline.Photograph(0));
    private WebApplication? _service;
    private HttpClient _client = new();

    public async Task InitializeAsync()
    {
        string model = TinyNetworks.SaveLabeller(_folder.At("tiny.zip"), _classes, tagThreshold: 0);
        _service = Service.Create(["--model", model, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"]);
        await _service.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_service.Urls.First()) };
    }

    public async Task DisposeAsync() => await _service!.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_photograph_is_answered_with_its_instances()
    {
        JsonElement answer = await Labels(_photograph);
        Assert.Equal((TinyPipeline.Width, TinyPipeline.Height), (answer.GetProperty("width").GetInt32(), answer.GetProperty("height").GetInt32()));
        Assert.NotEmpty(answer.GetProperty("instances").EnumerateArray());
        foreach (JsonElement instance in answer.GetProperty("instances").EnumerateArray())
        {
            Assert.Contains(instance.GetProperty("class").GetString(), _classes);
            Assert.InRange(instance.GetProperty("score").GetSingle(), float.Epsilon, 1);
            int[] size = [.. instance.GetProperty("mask").GetProperty("size").EnumerateArray().Select(side => side.GetInt32())];
            Assert.Equal([TinyPipeline.Height, TinyPipeline.Width], size);
            BoundingBox box = RunLengthMask.Parse(instance.GetProperty("mask").GetProperty("counts").GetString()!, size[0], size[1]).ComputeBox();
            Assert.Equal([box.X0, box.Y0, box.X1, box.Y1], instance.GetProperty("box").EnumerateArray().Select(side => side.GetSingle()));
        }
    }

    [Fact]
    public async Task The_overlay_is_a_picture_of_the_photographs_size()
    {
        using HttpResponseMessage response = await Post("/overlay", _photograph);
        Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
        RgbImage overlay = ImageFile.Read(await response.Content.ReadAsStreamAsync(), "overlay");
        Assert.Equal((TinyPipeline.Height, TinyPipeline.Width), (overlay.Height, overlay.Width));
        Assert.NotEqual(TinyPipeline.Photograph(0).Pixels, overlay.Pixels);
    }

    public static TheoryData<byte[], string> Broken => new()
    {
        { "no image"u8.ToArray(), "is no image that can be read" },
        { [], "is empty (0 bytes)" },
        { PngFile.Encode(TinyPipeline.Photograph(0))[..900], "is truncated" },
        { Pictures.Png(3_000, 3_000, 8, 2, [0, 0, 0, 0]), "at most 4 megapixels" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_upload_is_the_senders_fault_and_says_what_is_wrong(byte[] upload, string problem)
    {
        foreach (string route in new[] { "/labels", "/overlay" })
        {
            using HttpResponseMessage response = await Post(route, upload);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(problem, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
        Assert.NotEmpty((await Labels(_photograph)).GetProperty("instances").EnumerateArray());
    }

    [Fact]
    public async Task An_upload_beyond_the_limit_is_refused_unread()
    {
        // Asks before it sends, as curl does: a server that refuses need not read what comes.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/labels") { Content = new ByteArrayContent(new byte[Service.LargestUpload + 1]), Headers = { ExpectContinue = true } };
        using HttpResponseMessage response = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Sixteen_at_once_get_the_answers_that_one_gets()
    {
        byte[][] photographs = [.. Enumerable.Range(0, 4).Select(seed => PngFile.Encode(TinyPipeline.Photograph(seed)))];
        var alone = new List<string>();
        foreach (byte[] photograph in photographs)
            alone.Add((await Labels(photograph)).GetRawText());
        JsonElement[] together = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Labels(photographs[n % 4])));

        Assert.Equal(Enumerable.Range(0, 16).Select(n => alone[n % 4]), together.Select(answer => answer.GetRawText()));
    }

    [Fact]
    public void Without_a_model_it_does_not_start()
    {
        Assert.Contains("--model", Assert.Throws<OptionException>(() => Service.Create([])).Message, StringComparison.Ordinal);
        string missing = _folder.At("missing.zip");
        Assert.Contains(missing, Assert.Throws<ModelFileException>(() => Service.Create(["--model", missing])).Message, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> Post(string route, byte[] upload)
    {
        using var content = new ByteArrayContent(upload);
        return await _client.PostAsync(new Uri(route, UriKind.Relative), content);
    }

    private async Task<JsonElement> Labels(byte[] photograph)
    {
        using HttpResponseMessage response = await Post("/labels", photograph);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
