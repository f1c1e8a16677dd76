using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Weights;

public sealed class MutatedWeightFileTests
{
    [Theory]
    [InlineData("expected.safetensors")]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    [InlineData("old.pth")]
    public void A_damaged_file_is_read_or_refused_with_the_one_error(string file)
    {
        byte[] whole = WeightFixture.Bytes(file);
        var random = new Random(20190616);
        int refused = 0;
        for (int round = 0; round < 1500; round++)
        {
            byte[] damaged = [.. whole];
            for (int count = random.Next(1, 5); count > 0; count--)
                damaged[random.Next(damaged.Length)] = random.Next(4) switch { 0 => 0xff, 1 => 0, 2 => 0x7f, _ => (byte)random.Next(256) };
            if (random.Next(8) == 0)
                damaged = damaged[..random.Next(damaged.Length)];
            try
            {
                StateDict weights = file.EndsWith(".pth", StringComparison.Ordinal)
                    ? PthFile.Read(new MemoryStream(damaged), file) : SafeTensors.Read(new MemoryStream(damaged), file);
                Assert.All(weights.Values, tensor => Assert.Equal(tensor.Count, tensor.ToSingle().Length));
            }
            catch (WeightsException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 100, 1499);
    }
}
