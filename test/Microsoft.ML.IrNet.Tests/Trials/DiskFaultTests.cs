using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Runs;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>
/// A run on a disk that fails once ends with this library's error, or leaves out the photograph that could not be read and says so; the same run again on a sound disk gives the bytes of one that
/// never failed, after --restart where a file of the run itself is gone. IRNET_FAULTS says how many places of failure are tried, of each kind.
/// </summary>
[Collection("torch")]
public sealed class DiskFaultTests : IDisposable
{
    private const string Faults = "IRNET_FAULTS";

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _images = new();

    public void Dispose()
    {
        FileLayer.Faults = null;
        _folder.Dispose();
        _images.Dispose();
    }

    [Fact]
    public void A_failing_disk_costs_nothing_but_time()
    {
        PhotographSet data = ToyData.Tagged(_images, 3);
        Dictionary<string, byte[]> photographs = data.Photographs.ToDictionary(photograph => photograph.Path, photograph => File.ReadAllBytes(photograph.Path));
        var sound = new FailingDisk(-1, DiskFault.NoSpace);
        SortedDictionary<string, string> whole = Run(data, "whole", sound);
        int places = TrialLength.Of(Faults, 4), errors = 0, leftOut = 0, unharmed = 0, restarted = 0;
        var random = new Random(20190616);
        foreach (DiskFault kind in Enum.GetValues<DiskFault>())
            for (int trial = 0; trial < places; trial++)
            {
                int at = places >= sound.Operations ? trial % sound.Operations : random.Next(sound.Operations);
                string output = $"{kind}{trial}";
                var disk = new FailingDisk(at, kind);
                var events = new RunEvents();
                bool skipped = false, ended = false;
                try
                {
                    FileLayer.Faults = disk;
                    using LabellingRunResult result = LabellingRun.Execute(data, ToyData.Options(_folder.At(output)), events);
                    (ended, skipped) = (true, result.Skipped.Count > 0);
                }
                catch (IrNetException)
                {
                    errors++;
                }
                finally
                {
                    FileLayer.Faults = null;
                }
                // What vanished is put back, as its owner would.
                foreach ((string path, byte[] bytes) in photographs)
                    File.WriteAllBytes(path, bytes);
                if (skipped)
                {
                    leftOut++;
                    Assert.Contains(events.Warnings, warning => warning.Contains("is left out", StringComparison.Ordinal));
                    Directory.Delete(_folder.At(output), recursive: true);
                    continue;
                }
                unharmed += ended ? 1 : 0;
                try
                {
                    Assert.Equal(whole, Run(data, output, new FailingDisk(-1, kind)));
                }
                catch (OutputException error) when (kind == DiskFault.Vanished && error.Message.Contains("--restart", StringComparison.Ordinal))
                {
                    // A file of the run's own notes is gone for good.
                    restarted++;
                    Assert.Equal(whole, Run(data, output, new FailingDisk(-1, kind), restart: true));
                }
                catch (Exception error)
                {
                    throw new InvalidOperationException($"After {kind} at {at} ({disk.Failed}): {error.Message}", error);
                }
                Directory.Delete(_folder.At(output), recursive: true);
            }
        if (TrialLength.IsLong(Faults))
            TrialLength.Report($"{4 * places} runs with a fault at one of {sound.Operations} operations: {errors} ended with a typed error, {leftOut} left out a photograph and said so, {unharmed} came to their end; all others gave the same bytes afterwards, {restarted} of them from the start, because a file of their own was gone");
        Assert.True(errors > 0);
    }

    private SortedDictionary<string, string> Run(PhotographSet data, string output, FailingDisk disk, bool restart = false)
    {
        try
        {
            FileLayer.Faults = disk;
            LabellingRun.Execute(data, ToyData.Options(_folder.At(output)) with { Restart = restart }, new RunEvents()).Dispose();
        }
        finally
        {
            FileLayer.Faults = null;
        }
        return FolderBytes.OfLabelsAndWeights(_folder.At(output));
    }
}
