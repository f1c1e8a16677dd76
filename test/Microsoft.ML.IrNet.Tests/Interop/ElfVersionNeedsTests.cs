using Microsoft.ML.IrNet.Interop;

namespace Microsoft.ML.IrNet.Tests.Interop;

public sealed class ElfVersionNeedsTests
{
    [SkippableFact]
    public void One_demand_becomes_weak_and_nothing_else_changes()
    {
        byte[] original = Library(), changed = [.. original];
        Assert.True(ElfVersionNeeds.Weaken(changed, "GLIBCXX_3.4.32"));
        int at = Assert.Single(Enumerable.Range(0, original.Length), index => original[index] != changed[index]);
        Assert.Equal(original[at] | 2, changed[at]);
    }

    [SkippableFact]
    public void A_demand_that_is_not_there_changes_nothing()
    {
        byte[] original = Library(), same = [.. original];
        Assert.False(ElfVersionNeeds.Weaken(same, "GLIBCXX_99"));
        Assert.Equal(original, same);
    }

    [SkippableFact]
    public void A_truncated_library_is_refused()
    {
        byte[] library = Library();
        foreach (int length in new[] { 0, 10, 64, library.Length / 2 })
            Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Weaken(library.AsSpan(0, length), "GLIBCXX_3.4.32"));
    }

    [Fact]
    public void Another_kind_of_file_is_refused() =>
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Weaken(new byte[100], "GLIBCXX_3.4.32"));

    private static byte[] Library()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        Skip.IfNot(File.Exists(path), "Torch's Linux library is not among the built files.");
        return File.ReadAllBytes(path);
    }
}
