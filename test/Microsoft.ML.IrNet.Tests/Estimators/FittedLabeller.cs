namespace Microsoft.ML.IrNet.Tests.Estimators;

/// <summary>One fitted chain for all tests that only use it.</summary>
public sealed class FittedLabeller : IDisposable
{
    public FittedLabeller()
    {
        Rows = Context.Data.LoadFromEnumerable(TinyPipeline.Rows(3));
        Chain = TinyPipeline.Create(Context).Fit(Rows);
    }

    public MLContext Context { get; } = new(seed: 1);

    public IDataView Rows { get; }

    public ITransformer Chain { get; }

    public void Dispose() => (Chain as IDisposable)?.Dispose();
}
