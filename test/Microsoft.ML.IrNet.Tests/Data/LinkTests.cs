using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Data;

/// <summary>Names and symbolic links that lead out of the folders given.</summary>
public sealed class LinkTests : IDisposable
{
    private static readonly ImageLabels Empty = new([], new LabelMap(2, 3, new byte[6]));

    private readonly TemporaryFolder _given = new();
    private readonly TemporaryFolder _elsewhere = new();

    public void Dispose()
    {
        _given.Dispose();
        _elsewhere.Dispose();
    }

    [Theory]
    [InlineData("../secret.png")]
    [InlineData("sub/../../secret.png")]
    [InlineData("..\\secret.png")]
    [InlineData("/secret.png")]
    [InlineData("C:/secret.png")]
    public void Names_that_lead_out_of_the_folder_are_refused_in_every_format(string name)
    {
        string json = name.Replace("\\", "\\\\", StringComparison.Ordinal);
        Refused(() => TagFolder.Load(_given.Root, _given.Write("tags.csv", $"path,tags\n{name},cat")));
        Refused(() => CocoDataSet.Load(_given.Write("coco.json", $$"""{"images": [{"id": 1, "file_name": "{{json}}"}], "annotations": [], "categories": []}"""), _given.Root));
        Refused(() => LabelFolder.Read(_given.Write("labels.json",
            $$"""{"images": [{"id": 1, "file_name": "a", "height": 2, "width": 3, "label_file": "{{json}}"}], "annotations": [], "categories": [{"id": 1, "name": "cat"}]}""")));
        _given.Write("ImageSets/Segmentation/train.txt", name);
        Refused(() => VocDataSet.Load(_given.Root, "train"));

        void Refused(Action read) => Assert.Contains("neither absolute nor with '..'", Assert.Throws<DataSetException>(read).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_linked_photograph_is_read()
    {
        PngFile.Write(_elsewhere.At("a.png"), Pictures.Gradient(2, 3));
        Link("a.png", _elsewhere.At("a.png"));
        PhotographSet set = TagFolder.Load(_given.Root, _given.Write("tags.csv", "path,tags\na.png,cat"));
        Assert.Equal(3, new PhotographImages(set).Load(0).Width);
    }

    [SkippableFact]
    public void Links_in_the_place_of_labels_are_replaced()
    {
        string target = _elsewhere.Write("mine", "mine");
        _given.At("SegmentationClass", "a.png");
        _given.At("SegmentationObject", "a.png");
        foreach (string file in new[] { "SegmentationClass/a.png", "SegmentationObject/a.png", "annotations.json" })
            Link(file, target);
        using (var writer = new LabelFolderWriter(_given.Root, ["cat"]))
        {
            writer.Add("a", "a.png", 2, 3, Empty);
            writer.Complete();
        }
        Assert.Equal("mine", File.ReadAllText(target));
        Assert.Single(LabelFolder.Read(_given.Root).Photographs);
        Assert.Null(new FileInfo(_given.At("annotations.json")).LinkTarget);
    }

    [SkippableTheory]
    [InlineData("SegmentationClass")]
    [InlineData("SegmentationObject")]
    public void A_link_in_the_place_of_a_folder_of_labels_is_refused(string folder)
    {
        Link(folder, _elsewhere.Root);
        Assert.Contains("is a link", Assert.Throws<OutputException>(() => new LabelFolderWriter(_given.Root, ["cat"])).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_elsewhere.Root));
    }

    [SkippableFact]
    public void A_link_in_the_place_of_a_journal_or_a_lock_is_refused()
    {
        string target = _elsewhere.Write("mine", "mine");
        Link("labelled.journal", target);
        Link(FolderLock.FileName, _elsewhere.At("new"));
        Assert.Throws<OutputException>(() => new LabelFolderWriter(_given.Root, ["cat"], _given.At("labelled.journal")));
        Assert.Throws<OutputException>(() => new TallyJournal<string[]>(_given.At("labelled.journal"), _ => true));
        Assert.Throws<IOException>(() => FolderLock.TryTake(_given.Root));
        Assert.Equal("mine", File.ReadAllText(target));
        Assert.Single(Directory.EnumerateFileSystemEntries(_elsewhere.Root));
    }

    private void Link(string name, string target)
    {
        // Windows asks for a privilege.
        Skip.If(OperatingSystem.IsWindows());
        File.CreateSymbolicLink(_given.At(name.Split('/')), target);
    }
}
