using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Data;

/// <summary>Separates the objects of an object map and takes their classes from a class map.</summary>
internal static class InstancesFromMaps
{
    /// <summary>
    /// One instance for each object number except 0 and void, in their order. Its class is the most frequent one under it, background and void not counted. (The published
    /// code takes the smallest value of the class map under the object; that is the same where a mask covers one class only, and no class at all where it touches background or void.)
    /// </summary>
    /// <param name="objects">0 background, 255 void, else the number of the object.</param>
    /// <param name="classes">Of the same size: 0 background, 255 void, else class index + 1.</param>
    /// <param name="source">What errors call the object map.</param>
    /// <exception cref="DataSetException">An object lies on no class.</exception>
    public static IReadOnlyList<InstanceLabel> Read(LabelMap objects, LabelMap classes, string source)
    {
        var votes = new int[256, 256];
        for (int i = 0; i < objects.Labels.Length; i++)
            votes[objects.Labels[i], classes.Labels[i]]++;
        var instances = new List<InstanceLabel>();
        var mask = new byte[objects.Labels.Length];
        for (int number = 1; number < LabelMap.Void; number++)
        {
            int pixels = Enumerable.Range(0, 256).Sum(label => votes[number, label]);
            if (pixels == 0)
                continue;
            int label = Enumerable.Range(1, LabelMap.Void - 1).MaxBy(candidate => votes[number, candidate]);
            if (votes[number, label] == 0)
                throw new DataSetException(source, $"has the object {number}, under which the class map shows only background and void; draw its class or remove the object.");
            BoundingBox box = Cut(objects, (byte)number, mask);
            instances.Add(new InstanceLabel(label - 1, 1, box, RunLengthMask.FromRowMajor(objects.Height, objects.Width, mask)));
        }
        return instances;
    }

    private static BoundingBox Cut(LabelMap objects, byte number, byte[] mask)
    {
        (int x0, int y0, int x1, int y1) = (objects.Width, objects.Height, 0, 0);
        for (int y = 0; y < objects.Height; y++)
            for (int x = 0; x < objects.Width; x++)
            {
                int i = y * objects.Width + x;
                mask[i] = objects.Labels[i] == number ? (byte)1 : (byte)0;
                if (mask[i] != 0)
                    (x0, y0, x1, y1) = (Math.Min(x0, x), Math.Min(y0, y), Math.Max(x1, x + 1), Math.Max(y1, y + 1));
            }
        return new BoundingBox(x0, y0, x1, y1);
    }
}
