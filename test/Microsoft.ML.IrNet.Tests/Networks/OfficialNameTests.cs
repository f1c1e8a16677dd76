using System.Text.Json;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Networks;

[Collection("torch")]
public class OfficialNameTests
{
    private static readonly GoldenSet Keys = new("official-keys");

    [Fact]
    public void EveryCamWeightHasExactlyOneOfficialKey()
    {
        using var network = new CamNetwork(new ResNetBackbone(), 20);
        AssertOneToOne("cam", CamNetwork.OfficialName, network.state_dict().Keys);
    }

    [Fact]
    public void EveryIrNetWeightHasExactlyOneOfficialKey()
    {
        using var network = new IrNetwork(new ResNetBackbone());
        AssertOneToOne("irn", IrNetwork.OfficialName, network.state_dict().Keys);
    }

    [Theory]
    [InlineData("path_indices_0")]
    [InlineData("disp_target")]
    [InlineData("fc_dp7.4.running_mean")]
    public void TablesAreIgnored(string key) => Assert.Null(IrNetwork.OfficialName(key));

    private static void AssertOneToOne(string list, Func<string, string?> name, IEnumerable<string> ours)
    {
        string[] found = [.. Keys.Meta.GetProperty(list).EnumerateArray().Select(key => name(key.GetString()!)).OfType<string>()];
        Assert.Equal(ours.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }
}
