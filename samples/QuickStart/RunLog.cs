using System.Diagnostics;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Rendering;
using Microsoft.ML.IrNet.Runs;

namespace QuickStart;

/// <summary>Prints how far the run is and puts the first photographs on the gallery page.</summary>
internal sealed class RunLog(PhotographSet data, GalleryPage gallery, int pictured) : IRunObserver
{
    private readonly Stopwatch _sincePrinted = new();

    public void Started(RunStage stage, long total)
    {
        Console.WriteLine($"{stage.Title()}: {total} {stage.Unit()}");
        _sincePrinted.Restart();
    }

    public void Advanced(RunStage stage, long done, long total, string detail)
    {
        if (_sincePrinted.Elapsed < TimeSpan.FromSeconds(5))
            return;
        Console.WriteLine($"  {done} of {total}  {detail}");
        _sincePrinted.Restart();
    }

    public void Finished(RunStage stage, TimeSpan duration, bool reused) => Console.WriteLine($"  done in {duration.TotalSeconds:F0} s");

    public void Labelled(LabelledPhotograph photograph)
    {
        if (pictured-- > 0)
            gallery.AddPhotograph(
                photograph.Photograph.Name,
                string.Join(", ", photograph.Photograph.Tags.Select(tag => data.Classes[tag])),
                StagePictures.Draw(photograph.Image, photograph.Maps, photograph.Labels, photograph.Truth));
    }

    public void Warn(string message) => Console.WriteLine($"  {message}");
}
