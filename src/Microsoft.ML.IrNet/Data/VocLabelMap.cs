using System.Globalization;
using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Data;

/// <summary>
/// <c>labelmap.txt</c>, by which Datumaro and CVAT know the classes of a VOC devkit: a line <c>name:red,green,blue:parts:actions</c> for each label from 0, the background, on.
/// </summary>
internal static class VocLabelMap
{
    public const string FileName = "labelmap.txt";
    private const string Background = "background";

    /// <summary>The file's text, with the colours of the maps' palette.</summary>
    public static string Text(IReadOnlyList<string> classes)
    {
        string[] names = [Background, .. classes];
        return "# label:color_rgb:parts:actions\n" + string.Concat(names.Select((name, label) => $"{name}:{Colour(label)}::\n"));
    }

    /// <summary>The classes of a devkit; VOC's own where it has no such file.</summary>
    /// <exception cref="DataSetException">A line is broken, or the background is not first.</exception>
    public static IReadOnlyList<string> Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return VocDataSet.Classes;
        string[] lines = [.. DataSetFile.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#')];
        if (lines.FirstOrDefault(line => line.Split(':') is not [{ Length: > 0 }, _, ..]) is { } broken)
            throw new DataSetException(path, $"has the line '{broken}'; expected name:red,green,blue:parts:actions.");
        string[] names = [.. lines.Select(line => line.Split(':')[0])];
        return names is [Background, .. var classes]
            ? classes
            : throw new DataSetException(path, $"does not begin with {Background}; expected it first, because it is label 0 of the maps.");
    }

    private static string Colour(int label)
    {
        ReadOnlySpan<byte> colour = PalettePng.VocPalette.Slice(3 * label, 3);
        return string.Create(CultureInfo.InvariantCulture, $"{colour[0]},{colour[1]},{colour[2]}");
    }
}
