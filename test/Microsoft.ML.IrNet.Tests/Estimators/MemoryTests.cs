using Microsoft.ML.Data;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Estimators;

[Collection("torch")]
public sealed class MemoryTests
{
    [Fact]
    public void No_tensor_outlives_the_chain()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.Data.LoadFromEnumerable(TinyPipeline.Rows(3));
        // What other tests left to the garbage collector must not be counted.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = torch.Tensor.TotalCount;
        ITransformer labeller = TinyPipeline.Create(ml).Fit(rows);
        Label();
        long labelled = torch.Tensor.TotalCount;
        Label();
        Assert.Equal(labelled, torch.Tensor.TotalCount);

        using (var stream = new MemoryStream())
        {
            ml.Model.Save(labeller, rows.Schema, stream);
            Assert.Equal(labelled, torch.Tensor.TotalCount);
            ((IDisposable)ml.Model.Load(stream, out _)).Dispose();
            Assert.Equal(labelled, torch.Tensor.TotalCount);
        }
        ((IDisposable)labeller).Dispose();
        Assert.Equal(before, torch.Tensor.TotalCount);

        void Label() => Assert.Equal(3, labeller.Transform(rows).GetColumn<byte[]>("SemanticMap").Count());
    }
}
