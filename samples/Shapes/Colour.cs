namespace Shapes;

/// <summary>A colour with channels 0..1.</summary>
internal readonly record struct Colour(float Red, float Green, float Blue)
{
    public static Colour FromHue(float hue, float saturation, float value)
    {
        float Channel(float shift)
        {
            float k = (shift + (hue - MathF.Floor(hue)) * 6) % 6;
            return value - value * saturation * Math.Clamp(MathF.Min(k, 4 - k), 0, 1);
        }
        return new Colour(Channel(5), Channel(3), Channel(1));
    }

    public static Colour Mix(Colour a, Colour b, float share) => a * (1 - share) + b * share;

    public static Colour operator *(Colour colour, float factor) => new(colour.Red * factor, colour.Green * factor, colour.Blue * factor);

    public static Colour operator +(Colour a, Colour b) => new(a.Red + b.Red, a.Green + b.Green, a.Blue + b.Blue);
}
