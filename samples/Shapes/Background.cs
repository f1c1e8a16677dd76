namespace Shapes;

/// <summary>Cluttered, textured backgrounds: noise of several grain sizes between two colours, with strokes and specks over it.</summary>
internal static class Background
{
    public static void Draw(Colour[] canvas, int height, int width, Random random)
    {
        Colour dark = RandomColour(random, 0.15f, 0.45f), light = RandomColour(random, 0.45f, 0.85f);
        var noise = new NoiseField(random);
        float grain = 0.03f + 0.05f * random.NextSingle();
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                canvas[y * width + x] = Colour.Mix(dark, light, noise.Sample(x * grain, y * grain));

        int clutter = random.Next(12, 30);
        for (int n = 0; n < clutter; n++)
            DrawStroke(canvas, height, width, random);
    }

    private static void DrawStroke(Colour[] canvas, int height, int width, Random random)
    {
        Colour colour = RandomColour(random, 0.1f, 0.95f);
        float x = random.NextSingle() * width, y = random.NextSingle() * height;
        float angle = random.NextSingle() * MathF.Tau, length = random.NextSingle() < 0.5f ? 0 : 8 + 20 * random.NextSingle();
        float thickness = 1 + 2 * random.NextSingle(), opacity = 0.5f + 0.5f * random.NextSingle();
        for (float t = 0; t <= length; t++)
        {
            float cx = x + t * MathF.Cos(angle), cy = y + t * MathF.Sin(angle);
            for (int py = (int)(cy - thickness); py <= cy + thickness; py++)
                for (int px = (int)(cx - thickness); px <= cx + thickness; px++)
                    if (px >= 0 && px < width && py >= 0 && py < height
                        && (px - cx) * (px - cx) + (py - cy) * (py - cy) < thickness * thickness)
                        canvas[py * width + px] = Colour.Mix(canvas[py * width + px], colour, opacity);
        }
    }

    private static Colour RandomColour(Random random, float darkest, float lightest) =>
        Colour.FromHue(random.NextSingle(), 0.35f * random.NextSingle(), darkest + (lightest - darkest) * random.NextSingle());
}
