using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Weights;

internal static class Same
{
    public static void Tensors(StateDict expected, StateDict actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (StoredTensor tensor in expected.Values)
        {
            StoredTensor other = actual[tensor.Name];
            Assert.Equal(tensor.Type, other.Type);
            Assert.Equal(tensor.Shape, other.Shape);
            Assert.True(tensor.Data.Span.SequenceEqual(other.Data.Span), tensor.Name);
        }
    }
}
