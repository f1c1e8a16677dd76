using System.Runtime.Versioning;
using Microsoft.ML.IrNet.Interop;

namespace Microsoft.ML.IrNet.Tests.Interop;

[SupportedOSPlatform("linux")]
public sealed class PrivateFolderTests : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), $"irnet-private-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
    }

    [SkippableFact]
    public void A_missing_folder_is_made_for_its_owner_alone_and_accepted_again()
    {
        string folder = Below("private");
        PrivateFolder.Ensure(folder);
        PrivateFolder.Ensure(folder);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [SkippableTheory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_folder_open_to_others_is_refused(UnixFileMode extra)
    {
        string folder = Below("open");
        PrivateFolder.Ensure(folder);
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | extra);
        Refused(folder);
    }

    [SkippableFact]
    public void A_link_to_a_folder_is_refused()
    {
        string folder = Below("target"), link = Path.Combine(_root, "link");
        PrivateFolder.Ensure(folder);
        Directory.CreateSymbolicLink(link, folder);
        Refused(link);
    }

    [SkippableFact]
    public void A_file_in_the_way_is_refused()
    {
        string file = Below("file");
        Directory.CreateDirectory(_root);
        File.WriteAllText(file, "");
        Refused(file);
    }

    private string Below(string name)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux needs a private copy of torch's library.");
        return Path.Combine(_root, name);
    }

    private static void Refused(string path) =>
        Assert.Contains("XDG_CACHE_HOME", Assert.Throws<TorchBackendException>(() => PrivateFolder.Ensure(path)).Message, StringComparison.Ordinal);
}
