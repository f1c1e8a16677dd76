using System.Threading.RateLimiting;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Rendering;

namespace LabelService;

/// <summary>The routes and their limits.</summary>
internal static class Service
{
    /// <summary>In bytes; a larger upload is answered with 413.</summary>
    public const long LargestUpload = 20 << 20;

    // Labelling takes some 1 GB and two seconds of two cores at 0.2 megapixels, and grows with the pixels.
    private const long LargestPhotograph = 4_000_000;

    // Torch spreads one photograph over all cores: more at once only take more memory.
    private const int AtOnce = 2, Waiting = 64;

    /// <summary>Makes the service.</summary>
    /// <param name="args"><c>--model FILE</c>, and those that ASP.NET Core takes, such as <c>--urls</c>.</param>
    /// <exception cref="OptionException">No model is given.</exception>
    /// <exception cref="ModelFileException">The model cannot be read.</exception>
    public static WebApplication Create(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        string model = builder.Configuration["model"] ?? throw new OptionException("--model", "is missing; give the labeller.zip of 'irnet run' or 'irnet import'.");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestUpload);
        builder.Services.AddSingleton(_ => new LabellerPool(model));
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(_ =>
                RateLimitPartition.GetConcurrencyLimiter("labelling", _ => new ConcurrencyLimiterOptions { PermitLimit = AtOnce, QueueLimit = Waiting }));
        });

        WebApplication app = builder.Build();
        // A model that cannot be read is to stop the start, not the first request.
        LabellerPool labellers = app.Services.GetRequiredService<LabellerPool>();
        app.UseRateLimiter();
        app.MapPost("/labels", (HttpRequest request) => Answer(request, labellers, (photograph, labels) => Results.Json(PhotographAnswer.Of(photograph, labels, labellers.Classes))));
        app.MapPost("/overlay", (HttpRequest request) => Answer(request, labellers, (photograph, labels) =>
            Results.Bytes(PngFile.Encode(MaskOverlay.Instances(photograph, labels.Instances, leastScore: float.Epsilon)), "image/png")));
        return app;
    }

    private static async Task<IResult> Answer(HttpRequest request, LabellerPool labellers, Func<RgbImage, ImageLabels, IResult> show)
    {
        using var upload = new MemoryStream();
        await request.Body.CopyToAsync(upload, request.HttpContext.RequestAborted);
        upload.Position = 0;
        try
        {
            RgbImage photograph = ImageFile.Read(upload, "the upload", LargestPhotograph);
            return show(photograph, labellers.Label(photograph));
        }
        catch (ImageFileException error)
        {
            return Results.Problem(error.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}
