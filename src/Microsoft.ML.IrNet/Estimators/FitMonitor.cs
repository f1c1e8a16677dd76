using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Carries a training's progress to ML.NET's progress channel, and ML.NET's cancelling to the training.</summary>
internal sealed class FitMonitor : IProgress<TrainingProgress>, IDisposable
{
    private readonly IHostEnvironment _environment;
    private readonly IChannel _channel;
    private readonly IProgressChannel _progress;
    private readonly CancellationTokenSource _cancellation;
    private readonly IProgress<TrainingProgress>? _listener;
    private TrainingProgress? _last;

    public FitMonitor(IHost host, IHostEnvironment environment, IChannel channel, string name, CancellationToken cancellation, IProgress<TrainingProgress>? listener = null)
    {
        (_environment, _channel, _listener) = (environment, channel, listener);
        _progress = host.StartProgressChannel(name);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }

    /// <summary>Asks the training to stop.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Whether Fit should end here.</summary>
    public bool IsCancelled
    {
        get
        {
            if (ContextSettings.IsCanceled(_environment))
                _cancellation.Cancel();
            return _cancellation.IsCancellationRequested;
        }
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (_last is null)
        {
            string[] losses = [.. value.Losses.Select(loss => loss.Key)];
            _progress.SetHeader(new ProgressHeader(losses, ["epochs", "steps"]), Show);
        }
        bool epochEnds = _last is { } last && last.Epoch != value.Epoch;
        if (epochEnds || value.Step == value.Steps)
            _channel.Info($"Epoch {(epochEnds ? _last! : value).Epoch + 1} of {value.Epochs}, step {value.Step} of {value.Steps}: "
                + string.Join(", ", value.Losses.Select(loss => $"{loss.Key} {loss.Value:F4}")));
        if (value.Validation is { } score)
            _channel.Info($"Validation after step {value.Step}: {score:F4}.");
        _listener?.Report(value);
        Volatile.Write(ref _last, value);
        if (value.Step == value.Steps)
            _progress.Checkpoint([.. value.Losses.Select(loss => (double?)loss.Value), value.Epoch + 1, value.Step]);
        _ = IsCancelled;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _progress.Dispose();
        _cancellation.Dispose();
    }

    // Called by ML.NET from a timer's thread.
    private void Show(IProgressEntry entry)
    {
        if (Volatile.Read(ref _last) is not { } last)
            return;
        entry.SetProgress(0, last.Epoch, last.Epochs);
        entry.SetProgress(1, last.Step, last.Steps);
        for (int i = 0; i < last.Losses.Count; i++)
            entry.SetMetric(i, last.Losses[i].Value);
    }
}
