using Microsoft.ML.IrNet.Interop;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Interop;

[Collection("torch")]
public sealed class NativeTorchTests
{
    [Fact]
    public void Torch_computes_once_required()
    {
        NativeTorch.Require();
        using var scope = torch.NewDisposeScope();
        Assert.Equal(6f, torch.tensor(new float[] { 1, 2, 3 }).sum().item<float>());
    }
}
