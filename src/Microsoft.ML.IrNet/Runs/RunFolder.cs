namespace Microsoft.ML.IrNet.Runs;

/// <summary>Where a run keeps its files.</summary>
internal sealed class RunFolder
{
    private readonly PhotographFiles _files;

    public RunFolder(string root, PhotographFiles files)
    {
        (Root, _files) = (root, files);
        Work = Path.Combine(root, "work");
        try
        {
            Directory.CreateDirectory(Work);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(root, $"the folder cannot be made ({error.Message}); choose another or mend its permissions.", error);
        }
    }

    public string Root { get; }

    public string Work { get; }

    public string CamWeights => Path.Combine(Work, "cam.safetensors");

    public string IrNetWeights => Path.Combine(Work, "irnet.safetensors");

    public string CamCheckpoint => Path.Combine(Work, "cam-training");

    public string IrNetCheckpoint => Path.Combine(Work, "irnet-training");

    public string CamQuality => Path.Combine(Work, "cam-quality.json");

    public string Activation(string name) => Path.Combine(Work, "cam", $"{_files.Of(name)}.safetensors");

    public string InterPixelLabels(string name) => Path.Combine(Work, "interpixel", $"{_files.Of(name)}.png");
}
