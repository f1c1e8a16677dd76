using Microsoft.ML.IrNet.Imaging;

namespace Shapes;

/// <summary>Paints a scene: background, then each object with its shadow, its two colours, its light and a soft edge.</summary>
internal static class ScenePainter
{
    public static RgbImage Paint(Scene scene, Random random)
    {
        (int height, int width) = (scene.Height, scene.Width);
        var canvas = new Colour[height * width];
        Background.Draw(canvas, height, width, random);
        foreach (SceneObject shape in scene.Objects)
            PaintObject(canvas, height, width, shape, random);

        var pixels = new byte[height * width * 3];
        for (int p = 0; p < canvas.Length; p++)
        {
            float grain = 0.05f * (random.NextSingle() - 0.5f);
            pixels[3 * p] = ToByte(canvas[p].Red + grain);
            pixels[3 * p + 1] = ToByte(canvas[p].Green + grain);
            pixels[3 * p + 2] = ToByte(canvas[p].Blue + grain);
        }
        return new RgbImage(height, width, pixels);
    }

    private static void PaintObject(Colour[] canvas, int height, int width, SceneObject shape, Random random)
    {
        ShapeClass kind = ShapeClass.All[shape.Class];
        float hue = kind.Hue + 0.16f * (random.NextSingle() - 0.5f);
        Colour light = Colour.FromHue(hue, 0.5f + 0.3f * random.NextSingle(), 0.8f + 0.2f * random.NextSingle());
        Colour dark = Colour.FromHue(hue + 0.1f * random.NextSingle(), 0.7f + 0.25f * random.NextSingle(), 0.3f + 0.25f * random.NextSingle());
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                float distance = shape.Distance(x + 0.5f, y + 0.5f);
                if (distance > 4)
                    continue;
                ref Colour pixel = ref canvas[y * width + x];
                if (distance > 0)
                    pixel *= 1 - 0.25f * (1 - distance / 4);
                if (distance >= 0.5f)
                    continue;
                var (u, v) = shape.Local(x + 0.5f, y + 0.5f);
                // Rounded like a cushion: the middle is the brightest, the rim the darkest.
                float shade = 1.05f - 0.35f * (u * u + v * v) - (distance > -2 ? 0.25f : 0);
                Colour surface = Colour.Mix(light, dark, kind.Texture(u, v)) * MathF.Max(shade, 0.2f);
                pixel = Colour.Mix(pixel, surface, Math.Clamp(0.5f - distance, 0, 1));
            }
    }

    private static byte ToByte(float value) => (byte)Math.Clamp((int)(value * 255 + 0.5f), 0, 255);
}
