using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Seeds;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Writes the class activation maps and interpixel labels of photographs into a run's folder, and measures them where masks are drawn.</summary>
internal sealed class InterPixelMiner(RunFolder folder, ClassActivationMapper mapper, SeedFolder? seeds, InterPixelLabelOptions options, int classes) : IDisposable
{
    private readonly CamThresholdSweep _sweep = new(classes);
    private readonly TallyJournal<CamTally> _measured = new(folder.Journal(RunStage.InterPixelLabels, "measured"), tally => CamThresholdSweep.IsWhole(tally, classes));

    /// <summary>Quality of the maps of all photographs; null where none had drawn masks.</summary>
    public CamQuality? Quality => _sweep.Best(_measured.Tallies);

    /// <summary>How well the classifier knows the photographs' tags.</summary>
    public ClassifierQuality Classifier(IEnumerable<Photograph> photographs) => ClassifierQuality.Of(photographs, _scores.Find, classes);

    // Written last.
    private readonly TallyJournal<float[]> _scores = new(
        folder.Journal(RunStage.InterPixelLabels, "scores"), scores => scores.Length == classes && !Array.Exists(scores, float.IsNaN));

    /// <summary>Whether an interrupted run left nothing to do.</summary>
    public bool IsDone(Photograph photograph) =>
        _scores.Contains(photograph.Name) && (photograph.ReadGroundTruth is null || _measured.Contains(photograph.Name)) && File.Exists(folder.Activation(photograph.Name)) && File.Exists(folder.InterPixelLabels(photograph.Name));

    /// <summary>Computes the activation maps; what it returns makes the interpixel labels of them and writes both.</summary>
    public Func<LabelledPhotograph?> Mine(LoadedPhotograph loaded)
    {
        (Photograph photograph, RgbImage image, ImageLabels? truth) = loaded;
        ClassActivation activation = seeds is null ? mapper.Compute(image, photograph.Tags, fullResolution: true) : OfSeeds(seeds, photograph, image);
        return () =>
        {
            LabelMap labels = InterPixelLabels.Compute(image, activation.FullResolution!, activation.Tags, options);
            ActivationFile.Write(folder.Activation(photograph.Name), activation);
            PalettePng.Write(folder.InterPixelLabels(photograph.Name), labels);
            if (truth is not null)
                _measured.Add(photograph.Name, _sweep.Measure(truth.Semantic, activation, labels));
            _scores.Add(photograph.Name, activation.ClassScore);
            return null;
        };
    }

    // What the classifier knows of the tags is measured all the same.
    private ClassActivation OfSeeds(SeedFolder folder, Photograph photograph, RgbImage image) =>
        SeedMaps.Of(folder.Read(photograph), image.Height, image.Width, photograph.Tags, classes, folder.PathOf(photograph)) with { ClassScore = mapper.Compute(image, []).ClassScore };

    public void Dispose()
    {
        _measured.Dispose();
        _scores.Dispose();
    }
}
