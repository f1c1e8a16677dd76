namespace Microsoft.ML.IrNet.Data;

/// <summary>Finds where a data set keeps its images.</summary>
internal static class ImageFolders
{
    // So that one missing image does not mislead, and a hundred thousand do not take minutes.
    private const int Tried = 20;

    /// <summary>The first of the folders in which one of the first files exists; the first folder where none does.</summary>
    public static string Choose(IReadOnlyList<string> folders, IReadOnlyList<string> files) =>
        folders.FirstOrDefault(folder => files.Take(Tried).Any(file => File.Exists(Path.Combine(folder, file)))) ?? folders[0];
}
