using System.Globalization;

namespace Microsoft.ML.IrNet.Benchmarks;

/// <summary>Time and memory against the size of the work, as a CSV file of <c>size,seconds,peakMB</c>.</summary>
internal static class GrowthTable
{
    private const string Header = "size,seconds,peakMB";

    public static IReadOnlyList<GrowthPoint> Read(FileInfo file) =>
        [.. File.ReadLines(file.FullName).Skip(1).Where(line => line.Length > 0).Select(line => Array.ConvertAll(line.Split(','), Number)).Select(values => new GrowthPoint(values[0], values[1], values[2]))];

    public static void Write(FileInfo file, IEnumerable<GrowthPoint> points) =>
        File.WriteAllLines(file.FullName, points.Select(Line).Prepend(Header));

    private static string Line(GrowthPoint point) => string.Create(CultureInfo.InvariantCulture, $"{point.Size},{point.Seconds:F2},{point.PeakMB:F0}");

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
