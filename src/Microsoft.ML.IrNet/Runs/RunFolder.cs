using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Where a run keeps its files.</summary>
internal sealed class RunFolder
{
    private readonly PhotographFiles _files;

    public RunFolder(string root, PhotographFiles files) => (Root, _files, Work) = (root, files, Path.Combine(root, "work"));

    public string Root { get; }

    public string Work { get; }

    public string Model => Path.Combine(Root, "labeller.zip");

    public string CamQuality => Path.Combine(Work, "cam-quality.json");

    public string Classifier => Path.Combine(Work, "classifier.json");

    public string Weights(RunStage stage) => Path.Combine(Work, $"{Plain(stage)}.safetensors");

    public string Losses(RunStage stage) => Path.Combine(Work, $"{Plain(stage)}-losses.json");

    /// <summary>What a stage keeps in order to go on after an interruption, or for later stages.</summary>
    public string Files(RunStage stage) => Path.Combine(Work, Plain(stage));

    /// <summary>What a stage has done so far, line by line.</summary>
    public string Journal(RunStage stage, string of) => Path.Combine(Files(stage), $"{of}.journal");

    public string Activation(string name) => Path.Combine(Files(RunStage.InterPixelLabels), $"{_files.Of(name)}.safetensors");

    public string InterPixelLabels(string name) => Path.Combine(Files(RunStage.InterPixelLabels), $"{_files.Of(name)}.png");

    /// <summary>Removes what a stage kept.</summary>
    /// <exception cref="OutputException">It cannot be removed.</exception>
    public void Clear(RunStage stage) => FolderRemoval.Remove(Files(stage));

    private static string Plain(RunStage stage) => stage switch
    {
        RunStage.TrainCam => "cam",
        RunStage.TrainIrNet => "irnet",
        RunStage.MeanDisplacement => "mean-displacement",
        RunStage.Label => "labels",
        _ => "interpixel",
    };
}
