namespace Shapes;

/// <summary>One class of drawn objects: an outline and a texture, both in the object's own upright frame where its radius is 1.</summary>
/// <param name="Name">What the tags call it.</param>
/// <param name="Hue">The middle of the hues its objects have, 0..1; a class is a tendency in colour, not one colour.</param>
/// <param name="Outline">Distance to the outline at (x, y), negative inside.</param>
/// <param name="Texture">0..1 at (x, y): how much of the object's second colour shows.</param>
public sealed record ShapeClass(string Name, float Hue, Func<float, float, float> Outline, Func<float, float, float> Texture)
{
    /// <summary>The six classes of the built-in data set.</summary>
    public static IReadOnlyList<ShapeClass> All { get; } =
    [
        new("disc", 0.99f, (x, y) => Length(x, y) - 1, (x, y) => Wave(3.2f * Length(x, y))),
        new("tile", 0.62f, (x, y) => Box(x, y, 0.78f, 0.14f), (x, y) => Square(2.2f * x) * Square(2.2f * y) > 0 ? 1 : 0),
        new("leaf", 0.30f, (x, y) => Lens(x, y, 0.95f), (x, y) => Wave(3f * (Math.Abs(y) + 0.6f * x))),
        new("flower", 0.83f, (x, y) => Length(x, y) - 0.82f - 0.18f * MathF.Cos(6 * MathF.Atan2(y, x)), (x, y) => Wave(6 * MathF.Atan2(y, x) / MathF.Tau)),
        new("gem", 0.48f, Hexagon, (x, y) => Dots(x, y, 0.36f)),
        new("tent", 0.13f, Triangle, (x, y) => Wave(2.2f * y + 0.45f * Math.Abs(2 * (2.2f * x - MathF.Round(2.2f * x))))),
    ];

    private static float Length(float x, float y) => MathF.Sqrt(x * x + y * y);

    private static float Wave(float phase) => 0.5f + 0.5f * Math.Clamp(2.5f * MathF.Sin(MathF.Tau * phase), -1, 1);

    private static float Square(float phase) => phase - MathF.Floor(phase) < 0.5f ? 1 : -1;

    private static float Dots(float x, float y, float pitch)
    {
        float row = MathF.Round(y / pitch);
        float shifted = x / pitch + (((int)row & 1) == 0 ? 0 : 0.5f);
        return Length(shifted - MathF.Round(shifted), y / pitch - row) < 0.3f ? 1 : 0;
    }

    private static float Box(float x, float y, float half, float corner)
    {
        float dx = Math.Abs(x) - half + corner, dy = Math.Abs(y) - half + corner;
        return Length(MathF.Max(dx, 0), MathF.Max(dy, 0)) + MathF.Min(MathF.Max(dx, dy), 0) - corner;
    }

    // Two circles of equal radius whose centres lie on either side.
    private static float Lens(float x, float y, float offset)
    {
        float radius = MathF.Sqrt(1.15f * 1.15f + offset * offset) - 0.1f;
        return Length(x, Math.Abs(y) + offset - 0.28f) - radius;
    }

    private static float Hexagon(float x, float y) =>
        MathF.Max(Math.Abs(y), 0.8660254f * Math.Abs(x) + 0.5f * Math.Abs(y)) - 0.84f;

    private static float Triangle(float x, float y) =>
        MathF.Max(MathF.Max(y, 0.8660254f * Math.Abs(x) - 0.5f * y) - 0.68f, Length(x, y) - 1.1f);
}
