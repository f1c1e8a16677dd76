namespace Microsoft.ML.IrNet.Tests.Fixtures;

/// <summary>An empty folder that lasts as long as a test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("irnet-test-").FullName;

    /// <summary>The path of a file or folder below, whose parent folder exists.</summary>
    public string At(params string[] parts)
    {
        string path = Path.Combine([Root, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Writes a text file below and returns its path.</summary>
    public string Write(string name, string text)
    {
        string path = At(name.Split('/'));
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
