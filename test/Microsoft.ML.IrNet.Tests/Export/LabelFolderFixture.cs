using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Export;

/// <summary>A folder for one test, removed after it, and labels to put into it.</summary>
public abstract class LabelFolderFixture : IDisposable
{
    protected static readonly string[] Classes = ["cat", "dog", "person"];

    private readonly TemporaryFolder _folder = new();

    protected string Folder => _folder.Root;

    protected string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    protected string WriteFile(string name, string text) => _folder.Write(name, text);

    protected void WriteLabels(params (string Name, ImageLabels Labels)[] photographs)
    {
        using var writer = new LabelFolderWriter(Folder, Classes);
        foreach ((string name, ImageLabels labels) in photographs)
            writer.Add(name, name + ".jpg", labels.Semantic.Height, labels.Semantic.Width, labels);
        writer.Complete();
    }

    /// <summary>4 x 5 pixels: a cat of two pixels, a dog of three, and void in a corner.</summary>
    protected static ImageLabels Sample()
    {
        byte[] semantic = new byte[20];
        (semantic[0], semantic[1], semantic[7], semantic[12], semantic[17], semantic[19]) = (1, 1, 2, 2, 2, LabelMap.Void);
        return new ImageLabels([Object(1, 0.25f, semantic, 2), Object(0, 0.7f, semantic, 1)], new LabelMap(4, 5, semantic));
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private static InstanceLabel Object(int classIndex, float score, byte[] map, byte label) => MaskGenerators.Instance(
        classIndex, score, RunLengthMask.FromRowMajor(4, 5, [.. map.Select(value => (byte)(value == label ? 1 : 0))]));
}
