using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.IrNet.Tests.Estimators;

[Collection("torch")]
public sealed class CancellingTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _messages = [];

    public CancellingTests() => _ml.Log += (_, log) => _messages.Add(log.Message);

    [Theory]
    [InlineData("photographs, 2 classes")]
    [InlineData("photographs with interpixel labels")]
    public void A_token_ends_any_stage_with_the_model_so_far(string moment)
    {
        using var cancellation = new CancellationTokenSource();
        _ml.Log += (_, log) =>
        {
            if (log.Message.Contains(moment, StringComparison.Ordinal))
                cancellation.Cancel();
        };
        AssertEndsEarly(TinyPipeline.Create(_ml,
            TinyPipeline.Cam with { Epochs = moment.Contains("classes", StringComparison.Ordinal) ? 100_000 : 1, Cancellation = cancellation.Token },
            TinyPipeline.IrNet with { Epochs = 100_000, Cancellation = cancellation.Token }));
    }

    [Fact]
    public void A_token_that_is_cancelled_before_gives_a_model_that_has_learned_nothing() => AssertEndsEarly(TinyPipeline.Create(_ml,
        TinyPipeline.Cam with { Epochs = 100_000, Cancellation = new CancellationToken(canceled: true) },
        TinyPipeline.IrNet with { Epochs = 100_000, Cancellation = new CancellationToken(canceled: true) }));

    [Fact]
    public void Cancelling_the_context_ends_training()
    {
        // ML.NET keeps it internal; AutoML and its likes call it.
        MethodInfo cancel = typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!;
        _ml.Log += (_, log) =>
        {
            if (log.Message.Contains("photographs, 2 classes", StringComparison.Ordinal))
                cancel.Invoke(_ml, null);
        };
        AssertEndsEarly(TinyPipeline.Create(_ml, TinyPipeline.Cam with { Epochs = 100_000 }, TinyPipeline.IrNet with { Epochs = 100_000 }));
    }

    private void AssertEndsEarly(IEstimator<ITransformer> pipeline)
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(TinyPipeline.Rows(3));
        ITransformer labeller = pipeline.Fit(rows);

        Assert.Contains(_messages, message => message.Contains("Cancelled", StringComparison.Ordinal));
        var fresh = new MLContext();
        Assert.All(labeller.Transform(fresh.Data.LoadFromEnumerable(TinyPipeline.Rows(1))).GetColumn<byte[]>("SemanticMap"),
            map => Assert.Equal(TinyPipeline.Height * TinyPipeline.Width, map.Length));
        ((IDisposable)labeller).Dispose();
    }
}
