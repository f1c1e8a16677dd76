namespace Microsoft.ML.IrNet.Tests.Weights;

/// <summary>The small weight files of Golden/weights, made by the script beside them.</summary>
internal static class WeightFixture
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", "weights", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));
}
