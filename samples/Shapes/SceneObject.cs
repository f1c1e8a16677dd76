namespace Shapes;

/// <summary>One object of a scene.</summary>
/// <param name="Class">Index into <see cref="ShapeClass.All"/>.</param>
/// <param name="X">Centre column in pixels.</param>
/// <param name="Y">Centre row in pixels.</param>
/// <param name="Radius">In pixels.</param>
/// <param name="Angle">Rotation in radians.</param>
internal readonly record struct SceneObject(int Class, float X, float Y, float Radius, float Angle)
{
    /// <summary>A pixel's place in the object's own frame.</summary>
    public (float X, float Y) Local(float x, float y)
    {
        (float sin, float cos) = MathF.SinCos(Angle);
        float dx = (x - X) / Radius, dy = (y - Y) / Radius;
        return (cos * dx + sin * dy, cos * dy - sin * dx);
    }

    /// <summary>Distance from the outline in pixels, negative inside.</summary>
    public float Distance(float x, float y)
    {
        var (u, v) = Local(x, y);
        return ShapeClass.All[Class].Outline(u, v) * Radius;
    }
}
