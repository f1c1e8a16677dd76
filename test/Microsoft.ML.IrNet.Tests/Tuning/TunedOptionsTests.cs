using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tuning;

namespace Microsoft.ML.IrNet.Tests.Tuning;

public sealed class TunedOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_saved_is_loaded()
    {
        var options = new TunedOptions
        {
            Labels = new PseudoLabelOptions { BackgroundThreshold = 0.4f, Walk = new RandomWalkOptions { Beta = 7 }, Crf = new DenseCrfOptions { Iterations = 3 } },
            InterPixelLabels = new InterPixelLabelOptions { ForegroundThreshold = 0.45f },
        };
        options.Save(_folder.At("options.json"));
        Assert.Equal(options, TunedOptions.Load(_folder.At("options.json")));
    }

    [Fact]
    public void What_is_left_out_is_published() => Assert.Equal(new TunedOptions(), TunedOptions.Load(_folder.Write("options.json", "{}")));

    [Theory]
    [InlineData("""{"labels":{"backgroundTreshold":0.3}}""", "backgroundTreshold")]
    [InlineData("""{"labels":{"backgroundThreshold":3}}""", "BackgroundThreshold")]
    [InlineData("""{"labels":{"walk":{"beta":-1}}}""", "Beta")]
    [InlineData("""{"interPixelLabels":{"backgroundThreshold":0.5}}""", "BackgroundThreshold")]
    [InlineData("""{"labels":null}""", "null")]
    [InlineData("""{"labels":{"walk":null}}""", "null")]
    [InlineData("null", "null")]
    [InlineData("{", "JSON")]
    public void What_is_no_option_or_out_of_range_is_named(string text, string named)
    {
        string path = _folder.Write("options.json", text);
        var error = Assert.Throws<OptionException>(() => TunedOptions.Load(path));
        Assert.Equal(path, error.Subject);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() => Assert.Equal(_folder.At("none.json"), Assert.Throws<OptionException>(() => TunedOptions.Load(_folder.At("none.json"))).Subject);
}
