using Microsoft.ML.IrNet.Data;

namespace Microsoft.ML.IrNet.Seeds;

/// <summary>
/// Class activation maps of any other model, as a folder of NAME.npy (NAME as in <see cref="Photograph.Name"/>), which take the place of ours. Each file holds float16, float32, float64 or uint8
/// of the shape [tags, rows, columns], in the order of the photograph's tags by class index, or [classes, rows, columns]; rows and columns are whatever the model has.
/// </summary>
/// <param name="folder">The folder.</param>
internal sealed class SeedFolder(string folder)
{
    /// <summary>The file of a photograph.</summary>
    public string PathOf(Photograph photograph) => Path.Combine(folder, RelativePath.Require(photograph.Name, folder) + ".npy");

    /// <summary>Reads the seeds of a photograph.</summary>
    /// <exception cref="DataSetException">The file is missing or damaged.</exception>
    public NpyArray Read(Photograph photograph)
    {
        string path = PathOf(photograph);
        return File.Exists(path) ? NpyFile.Read(path) : throw new DataSetException(path, $"does not exist; the seeds of the photograph '{photograph.Name}' were expected there.");
    }
}
