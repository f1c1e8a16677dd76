using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>A folder of photographs, in which those that labels speak of are looked up.</summary>
internal sealed class PhotographFolder
{
    private readonly string _folder;
    private readonly ILookup<string, string> _byFile, _byStem, _byName;

    /// <exception cref="DataSetException">The folder does not exist or holds no image.</exception>
    public PhotographFolder(string folder)
    {
        _folder = folder;
        Files = [.. TagFolder.LoadImages(folder).Photographs.Select(photograph => Path.GetRelativePath(folder, photograph.Path).Replace('\\', '/'))];
        _byFile = Files.ToLookup(file => file);
        _byStem = Files.ToLookup(file => Path.ChangeExtension(file, null));
        _byName = Files.ToLookup(file => Path.GetFileNameWithoutExtension(file));
    }

    /// <summary>The relative paths of all photographs, sorted, with forward slashes.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Where a photograph is.</summary>
    public string PathOf(string file) => Path.Combine(_folder, file);

    /// <summary>The relative path of the photograph that labels call by another, whose extension and folder may differ.</summary>
    /// <exception cref="DataSetException">There is none, or several have the name.</exception>
    public string Find(string file, string subject)
    {
        string stem = Path.ChangeExtension(file, null);
        string[] found = [.. new[] { _byFile[file], _byStem[file], _byStem[stem], _byName[Path.GetFileName(file)], _byName[Path.GetFileName(stem)] }.FirstOrDefault(files => files.Any()) ?? []];
        return found is [var only]
            ? only
            : throw new DataSetException(subject, $"is of the photograph '{file}', of which {_folder} has {(found.Length == 0 ? "none" : $"several ({string.Join(", ", found)})")}; expected one.");
    }

    /// <summary>The size of a photograph as it is seen.</summary>
    /// <exception cref="DataSetException">There is none, or several have the name.</exception>
    /// <exception cref="ImageFileException">It cannot be read.</exception>
    public (int Height, int Width) SizeOf(string file, string subject) => ImageFile.ReadSize(PathOf(Find(file, subject)));
}
