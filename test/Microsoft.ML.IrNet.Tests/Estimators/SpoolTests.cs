using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Tests.Estimators;

public sealed class SpoolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("irnet-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Photographs_and_labels_come_back_in_any_order_and_from_any_thread()
    {
        using var spool = new PhotographSpool(_folder);
        for (int i = 0; i < 20; i++)
            spool.Add(i * 2, Image(i), [i], new LabelMap(3 + i, 5, [.. Enumerable.Repeat((byte)(200 - i), (3 + i) * 5)]));

        Assert.Equal(20, spool.Count);
        Parallel.For(0, 200, n =>
        {
            int i = n * 7 % 20;
            Assert.Equal(Image(i).Pixels, spool.Load(i).Pixels);
            Assert.Equal([i], spool.Tags(i));
            Assert.Equal($"row {i * 2}", spool.Name(i));
            Assert.All(spool.LoadLabels(i).Labels, label => Assert.Equal(200 - i, label));
        });
    }

    [Fact]
    public void Nothing_is_left_in_the_folder()
    {
        using (var spool = new PhotographSpool(_folder))
        {
            spool.Add(0, Image(1), []);
            if (!OperatingSystem.IsWindows())
                Assert.Empty(Directory.EnumerateFiles(_folder));
        }
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    private static RgbImage Image(int i) => new(3 + i, 5, [.. Enumerable.Range(0, (3 + i) * 15).Select(n => (byte)(n * (i + 1)))]);
}
