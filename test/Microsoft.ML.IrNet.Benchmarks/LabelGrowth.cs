using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Networks;

namespace Microsoft.ML.IrNet.Benchmarks;

/// <summary>Labels photographs of 4:3 from small to large: activation maps at four scales with flips, IRNet, and masks of three classes.</summary>
internal static class LabelGrowth
{
    private static readonly double[] Megapixels = [0.2, 0.5, 1, 2, 4, 8, 12.2];

    /// <summary>Each size in a process of its own, so that its peak of memory is its own.</summary>
    public static void Measure(FileInfo csv)
    {
        var points = new List<GrowthPoint>();
        foreach (double size in Megapixels)
        {
            using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["label-once", size.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
            double[] figures = Array.ConvertAll(process.StandardOutput.ReadToEnd().Split(','), text => double.Parse(text, CultureInfo.InvariantCulture));
            process.WaitForExit();
            points.Add(new GrowthPoint(size, figures[0], figures[1]));
            Console.WriteLine($"{size,6:F1} megapixels {figures[0],8:F2} s {figures[1],8:F0} MB");
        }
        GrowthTable.Write(csv, points);
    }

    /// <summary>Labels one photograph and prints seconds and MB. Small ones twice: the first time convolutions are compiled.</summary>
    public static void Once(double megapixels)
    {
        NativeTorch.Require();
        (int height, int width) = ((int)Math.Round(Math.Sqrt(megapixels * 1e6 * 3 / 4)), (int)Math.Round(Math.Sqrt(megapixels * 1e6 * 4 / 3)));
        RgbImage photograph = Inputs.Photograph(height, width);
        using CamNetwork cam = Rows.CamNetwork();
        using IrNetwork irNet = Rows.IrNetwork();
        using var cams = new ClassActivationMapper(cam);
        using var fields = new BoundaryDisplacementMapper(irNet);
        NetworkMaps maps = Inputs.Maps(height, width);
        double seconds = 0;
        for (int run = 0; run < (megapixels < 4 ? 2 : 1); run++)
        {
            long start = Stopwatch.GetTimestamp();
            cams.Compute(photograph, maps.Tags);
            fields.Compute(photograph);
            // Random networks give maps of nothing.
            PseudoLabeller.Label(maps, new PseudoLabelOptions());
            seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds},{PeakMemory.OfProcess()}"));
    }
}
