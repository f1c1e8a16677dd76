using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Estimators;

[Collection("torch")]
public sealed class MemoryTests
{
    [Fact]
    public void Labelling_and_saving_leave_no_tensor_and_disposing_frees_the_networks()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.Data.LoadFromEnumerable(TinyPipeline.Rows(3));
        ITransformer labeller = TinyPipeline.Create(ml).Fit(rows);
        Label();
        // What fitting, and tests before this one, left to the garbage collector must not be counted.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long fitted = torch.Tensor.TotalCount;
        Label();
        Assert.Equal(fitted, torch.Tensor.TotalCount);

        using var stream = new MemoryStream();
        ml.Model.Save(labeller, rows.Schema, stream);
        Assert.Equal(fitted, torch.Tensor.TotalCount);

        LabellerModel model = LabellerModel.From(labeller);
        int weights = model.Cam.state_dict().Count + model.IrNet.state_dict().Count;
        ((IDisposable)labeller).Dispose();
        Assert.InRange(torch.Tensor.TotalCount, 0, fitted - weights);

        void Label() => Assert.Equal(3, labeller.Transform(rows).GetColumn<byte[]>("SemanticMap").Count());
    }
}
