using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Shapes;

/// <summary>Where the objects of one image are; later ones hide earlier ones.</summary>
internal sealed class Scene
{
    private const float LeastVisible = 0.6f;

    private Scene(int height, int width, List<SceneObject> objects, short[] top) =>
        (Height, Width, Objects, Top) = (height, width, objects, top);

    public int Height { get; }

    public int Width { get; }

    public IReadOnlyList<SceneObject> Objects { get; }

    /// <summary>For each pixel the object that shows there, -1 for background.</summary>
    public short[] Top { get; }

    /// <summary>Places one to four objects; where a class repeats, its objects touch or overlap.</summary>
    public static Scene Compose(Random random)
    {
        (int height, int width) = random.Next(3) switch { 0 => (128, 160), 1 => (160, 128), _ => (144, 144) };
        int[] classes = ChooseClasses(random);
        for (int attempt = 0; ; attempt++)
        {
            // Crowded choices may not fit: shrink a little with each attempt.
            float size = 1 - 0.01f * Math.Min(attempt, 40);
            if (TryPlace(classes, size, height, width, random) is { } objects
                && Cover(objects, height, width) is { } top)
                return new Scene(height, width, objects, top);
        }
    }

    /// <summary>The ground truth: what is visible of each object, and the semantic map.</summary>
    public ImageLabels ToLabels()
    {
        var semantic = new byte[Top.Length];
        for (int p = 0; p < semantic.Length; p++)
            semantic[p] = Top[p] < 0 ? (byte)0 : (byte)(Objects[Top[p]].Class + 1);
        return new ImageLabels([.. Objects.Select((shape, number) => InstanceOf(shape.Class, number))], new LabelMap(Height, Width, semantic));
    }

    private InstanceLabel InstanceOf(int kind, int number)
    {
        var mask = new byte[Top.Length];
        (int left, int top, int right, int bottom) = (Width, Height, 0, 0);
        for (int p = 0; p < mask.Length; p++)
            if (Top[p] == number)
            {
                mask[p] = 1;
                (int y, int x) = (p / Width, p % Width);
                (left, right) = (Math.Min(left, x), Math.Max(right, x + 1));
                (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y + 1));
            }
        return new InstanceLabel(kind, 1, new BoundingBox(left, top, right, bottom), RunLengthMask.FromRowMajor(Height, Width, mask));
    }

    private static int[] ChooseClasses(Random random)
    {
        int first = random.Next(ShapeClass.All.Count);
        int second = (first + random.Next(1, ShapeClass.All.Count)) % ShapeClass.All.Count;
        return random.NextSingle() switch
        {
            < 0.35f => [first],
            < 0.60f => [first, second],
            < 0.80f => [first, first],
            < 0.88f => [first, first, first],
            < 0.96f => [first, first, second],
            _ => [first, first, second, second],
        };
    }

    private static List<SceneObject>? TryPlace(int[] classes, float size, int height, int width, Random random)
    {
        var objects = new List<SceneObject>();
        float largest = classes.Length switch { 1 => 38, 2 => 35, 3 => 31, _ => 27 } * size;
        foreach (int kind in classes)
        {
            float radius = largest * (0.8f + 0.2f * random.NextSingle());
            float x = radius * 0.8f + random.NextSingle() * (width - 1.6f * radius);
            float y = radius * 0.8f + random.NextSingle() * (height - 1.6f * radius);
            if (objects.FindLastIndex(earlier => earlier.Class == kind) is >= 0 and int twin)
            {
                float angle = random.NextSingle() * MathF.Tau;
                float distance = (0.72f + 0.2f * random.NextSingle()) * (radius + objects[twin].Radius);
                (x, y) = (objects[twin].X + distance * MathF.Cos(angle), objects[twin].Y + distance * MathF.Sin(angle));
            }
            if (x < radius * 0.8f || x > width - radius * 0.8f || y < radius * 0.8f || y > height - radius * 0.8f)
                return null;
            objects.Add(new SceneObject(kind, x, y, radius, random.NextSingle() * MathF.Tau));
        }
        return objects;
    }

    private static short[]? Cover(List<SceneObject> objects, int height, int width)
    {
        var top = new short[height * width];
        Array.Fill(top, (short)-1);
        var whole = new int[objects.Count];
        var visible = new int[objects.Count];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                for (short n = 0; n < objects.Count; n++)
                    if (objects[n].Distance(x + 0.5f, y + 0.5f) < 0)
                    {
                        whole[n]++;
                        top[y * width + x] = n;
                    }
                if (top[y * width + x] is >= 0 and short shown)
                    visible[shown]++;
            }
        for (int n = 0; n < objects.Count; n++)
            if (visible[n] < LeastVisible * whole[n])
                return null;
        return top;
    }
}
