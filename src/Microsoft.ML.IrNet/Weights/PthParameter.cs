namespace Microsoft.ML.IrNet.Weights;

/// <summary>A <c>torch.nn.Parameter</c>, whose tensor may come only with the state that follows its making.</summary>
internal sealed class PthParameter
{
    public PthTensor? Tensor { get; set; }
}
