using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Weights;

public sealed class WeightSourceTests
{
    [Theory]
    [InlineData("resnet18", "f37072fd")]
    [InlineData("ResNet34", "b627a593")]
    [InlineData("resnet50", "0676ba61")]
    [InlineData("resnet101", "63fe2227")]
    [InlineData("resnet50-v2", "11ad3fa6")]
    [InlineData("resnet50-19c8e357.pth", "19c8e357")]
    public void Known_weights_are_found_by_name_or_file_name(string name, string checksum)
    {
        WeightSource source = WeightSources.Find(name);
        Assert.Equal(checksum, source.Sha256);
        Assert.Equal("https", source.Address.Scheme);
        Assert.EndsWith("/" + source.FileName, source.Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones() =>
        Assert.Contains("resnet101", Assert.Throws<OptionException>(() => WeightSources.Find("resnet51")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://example.invalid/w", "0123456789", "w.pth")]
    [InlineData("ftp://127.0.0.1/w", "0123456789", "w.pth")]
    [InlineData("file:///etc/passwd", "0123456789", "w.pth")]
    [InlineData("https://example.invalid/w", "0123456", "w.pth")]
    [InlineData("https://example.invalid/w", "0123456789x", "w.pth")]
    [InlineData("https://example.invalid/w", "0123456789", "../w.pth")]
    [InlineData("https://example.invalid/w", "0123456789", "..\\w.pth")]
    [InlineData("https://example.invalid/w", "0123456789", "..")]
    [InlineData("https://example.invalid/w", "0123456789", "")]
    public void A_source_that_is_not_safe_cannot_be_made(string address, string checksum, string file) =>
        Assert.Throws<ArgumentException>(() => new WeightSource("w", new Uri(address), checksum, file));

    [Fact]
    public void A_whole_checksum_serves_too() =>
        Assert.Equal(64, new WeightSource("w", new Uri("http://localhost:1/w"), new string('a', 64), "w").Sha256.Length);
}
