using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Tests.Estimators;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Runs;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Thousands of photographs and calls leave memory, tensors and file handles as they were. IRNET_PHOTOGRAPHS and IRNET_CALLS say how many.</summary>
[Collection("torch")]
public sealed class MemoryTrialTests : IDisposable
{
    private const string Photographs = "IRNET_PHOTOGRAPHS", Calls = "IRNET_CALLS";
    private const int Files = 20, Threads = 8;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _images = new();

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
    }

    [Fact]
    public void Labelling_many_photographs_keeps_memory_flat()
    {
        int count = TrialLength.Of(Photographs, 120);
        using CamNetwork cam = TinyPipeline.CamNetwork();
        using IrNetwork irNet = TinyPipeline.IrNetwork();
        var model = new LabellerModel(cam, irNet, ToyData.Classes, new LabellerOptions { Cam = new() { Maps = new CamOptions { Scales = [1] } }, IrNet = new() { Maps = new() { Canvas = 64 } } });
        for (int i = 0; i < Files; i++)
            PngFile.Write(_images.At($"{i}.png"), TinyPipeline.Photograph(i));
        var data = new PhotographSet(ToyData.Classes, [.. Enumerable.Range(0, count).Select(i => new Photograph($"p{i}", _images.At($"{i % Files}.png"), [i % 2]))]);
        Label("warm-up", count / 10);
        Resources before = Resources.Now();
        var curve = new MemoryCurve(count);
        Label("whole", count, curve);
        Resources after = Resources.Now();
        Assert.Equal(before.Tensors, after.Tensors);
        Assert.Equal(before.Handles, after.Handles);
        if (!TrialLength.IsLong(Photographs))
            return;
        TrialLength.Report($"{count} photographs labelled, resident MB after each tenth: {curve}; tensors {before.Tensors} before and {after.Tensors} after, file handles {before.Handles} and {after.Handles}");
        curve.RequireFlat();

        void Label(string output, int photographs, MemoryCurve? watched = null) => Assert.Empty(LabelPass.Execute(
            data with { Photographs = [.. data.Photographs.Take(photographs)] }, model, _folder.At(output), new LabelPassOptions(),
            new Passing(watched)));
    }

    [Fact]
    public void Prediction_engines_on_one_transformer_give_from_many_threads_what_they_give_from_one()
    {
        int calls = TrialLength.Of(Calls, 200);
        using var labeller = new FittedLabeller();
        TaggedRow[] rows = TinyPipeline.Rows(6);
        string[] expected = Predict(rows);
        Resources before = Resources.Now();
        var curve = new MemoryCurve(calls);
        int done = 0;
        var failures = new System.Collections.Concurrent.ConcurrentQueue<string>();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            // Pictures may not be shared between threads.
            TaggedRow[] own = TinyPipeline.Rows(6);
            using PredictionEngine<TaggedRow, LabelledRow> engine = Engine();
            for (int call; (call = Interlocked.Increment(ref done)) <= calls;)
            {
                if (Text(engine.Predict(own[call % own.Length])) is var text && text != expected[call % own.Length])
                    failures.Enqueue($"call {call}: {text}");
                lock (curve)
                    curve.Add(call);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.Empty(failures);
        Resources after = Resources.Now();
        Assert.Equal(before.Tensors, after.Tensors);
        if (!TrialLength.IsLong(Calls))
            return;
        TrialLength.Report($"{calls} calls of PredictionEngine from {Threads} threads, all as from one, resident MB after each tenth: {curve}; tensors {before.Tensors} before and {after.Tensors} after, file handles {before.Handles} and {after.Handles}");
        curve.RequireFlat();

        PredictionEngine<TaggedRow, LabelledRow> Engine() =>
            labeller.Context.Model.CreatePredictionEngine<TaggedRow, LabelledRow>(labeller.Chain, new PredictionEngineOptions { OwnsTransformer = false });

        string[] Predict(TaggedRow[] photographs)
        {
            using PredictionEngine<TaggedRow, LabelledRow> engine = Engine();
            return [.. photographs.Select(photograph => Text(engine.Predict(photograph)))];
        }
    }

    private static string Text(LabelledRow row) => string.Join('|', string.Join(' ', row.PredictedMasks), string.Join(' ', row.Score), string.Join(' ', row.PredictedLabel), Convert.ToHexString(row.SemanticMap));

    /// <summary>Watches memory, and keeps nothing of what it is told.</summary>
    private sealed class Passing(MemoryCurve? curve) : IRunObserver
    {
        public void Started(RunStage stage, long total)
        {
        }

        public void Advanced(RunStage stage, long done, long total, string detail) => curve?.Add(done);

        public void Finished(RunStage stage, TimeSpan duration, bool reused)
        {
        }

        public void Warn(string message)
        {
        }
    }
}
