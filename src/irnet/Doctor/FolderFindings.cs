using Microsoft.ML.IrNet.Weights;

namespace IrNetTool.Doctor;

/// <summary>The cache, and the room on the disks.</summary>
internal static class FolderFindings
{
    // ResNet-101's weights are 180 MB; a run on some hundred photographs keeps about a gibibyte of unfinished work.
    private const long LeastForCache = 256L << 20, LeastForWork = 2L << 30;

    private static readonly EnumerationOptions _all = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    public static IEnumerable<Finding> Examine()
    {
        WeightCache cache = new();
        yield return Cache(cache);
        yield return Room("free for the cache", cache.Folder, LeastForCache);
        yield return Room("free in the current folder", Directory.GetCurrentDirectory(), LeastForWork);
    }

    /// <summary>How large a cache is and whether it can be trusted.</summary>
    public static Finding Cache(WeightCache cache)
    {
        if (!Directory.Exists(cache.Folder))
            return new Finding("cache", $"{cache.Folder}, not made yet");
        long bytes = new DirectoryInfo(cache.Folder).EnumerateFiles("*", _all).Sum(file => file.Length);
        string found = $"{cache.Folder}, {Size.Of(bytes)}";
        return cache.OpenToOthers is { } problem
            ? new Finding("cache", $"{found}, {problem}", FindingKind.Problem, "make it your own and writable for you alone (chmod go-w), or set IRNET_CACHE to another folder")
            : new Finding("cache", found);
    }

    private static Finding Room(string subject, string folder, long least)
    {
        var existing = new DirectoryInfo(folder);
        while (!existing.Exists && existing.Parent is { } parent)
            existing = parent;
        long free = new DriveInfo(existing.FullName).AvailableFreeSpace;
        return free >= least ? new Finding(subject, Size.Of(free)) : new Finding(subject, Size.Of(free), FindingKind.Note, $"{Size.Of(least)} and more may be needed");
    }
}
