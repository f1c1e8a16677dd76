namespace Shapes;

/// <summary>Smooth noise 0..1 over the plane, the sum of four octaves; repeats every 256 units.</summary>
internal sealed class NoiseField
{
    private const int Octaves = 4;
    private readonly float[] _lattice = new float[256];
    private readonly byte[] _order = new byte[256];

    public NoiseField(Random random)
    {
        for (int i = 0; i < 256; i++)
            (_lattice[i], _order[i]) = (random.NextSingle(), (byte)i);
        random.Shuffle(_order);
    }

    public float Sample(float x, float y)
    {
        float sum = 0, weight = 0.5f, total = 0;
        for (int octave = 0; octave < Octaves; octave++)
        {
            sum += weight * Octave(x, y);
            total += weight;
            (x, y, weight) = (x * 2 + 17, y * 2 + 31, weight * 0.65f);
        }
        return Math.Clamp((sum / total - 0.5f) * 1.8f + 0.5f, 0, 1);
    }

    private float Octave(float x, float y)
    {
        int x0 = (int)MathF.Floor(x), y0 = (int)MathF.Floor(y);
        float u = Smooth(x - x0), v = Smooth(y - y0);
        float top = At(x0, y0) * (1 - u) + At(x0 + 1, y0) * u;
        float bottom = At(x0, y0 + 1) * (1 - u) + At(x0 + 1, y0 + 1) * u;
        return top * (1 - v) + bottom * v;
    }

    private float At(int x, int y) => _lattice[_order[(_order[x & 255] + y) & 255]];

    private static float Smooth(float t) => t * t * (3 - 2 * t);
}
