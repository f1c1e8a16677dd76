using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Rendering;

namespace Microsoft.ML.IrNet.Tests.Rendering;

public class MapStripTests
{
    [Fact]
    public void Three_maps_stand_below_each_other()
    {
        var maps = new NetworkMaps(8, 12, 2, 3, [0], [1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3, 3]);
        RgbImage strip = MapStrip.Draw(maps);
        Assert.Equal((6, 3), (strip.Height, strip.Width));
        // The strongest activation is dark red, a boundary white, and a displacement to the right red.
        Assert.Equal((128, 0, 0), Pictures.At(strip, 0));
        Assert.Equal((255, 255, 255), Pictures.At(strip, 6));
        Assert.Equal((255, 0, 0), Pictures.At(strip, 12));
    }

    [Fact]
    public void Large_maps_are_shrunk()
    {
        const int Rows = 300, Columns = 400, Cells = Rows * Columns;
        RgbImage strip = MapStrip.Draw(new NetworkMaps(4 * Rows, 4 * Columns, Rows, Columns, [], [], new float[Cells], new float[2 * Cells]));
        Assert.Equal((3 * 96, 128), (strip.Height, strip.Width));
    }
}
