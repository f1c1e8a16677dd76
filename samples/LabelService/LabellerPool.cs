using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace LabelService;

// Microsoft.ML has a PredictionEngine for one row at a time, and one thread.
using Engine = PredictionEngine<PhotographRow, LabelsRow>;

/// <summary>One labeller for all requests. An engine serves one thread at a time, so there is a pool of them, over the same networks.</summary>
internal sealed class LabellerPool : IDisposable
{
    private readonly ITransformer _labeller;
    private readonly ObjectPool<Engine> _engines;

    /// <exception cref="ModelFileException">The model cannot be read.</exception>
    public LabellerPool(string model)
    {
        var ml = new MLContext();
        _labeller = ml.Model.LoadLabeller(model);
        Classes = LabellerModel.From(_labeller, model).Classes;
        _engines = new DefaultObjectPoolProvider().Create(new EnginePolicy(ml, _labeller));
    }

    public IReadOnlyList<string> Classes { get; }

    /// <summary>What is in a photograph. For any thread.</summary>
    public ImageLabels Label(RgbImage photograph)
    {
        Engine engine = _engines.Get();
        try
        {
            using PhotographRow row = PhotographRow.Of(photograph);
            return engine.Predict(row).ToImageLabels();
        }
        finally
        {
            _engines.Return(engine);
        }
    }

    public void Dispose()
    {
        (_engines as IDisposable)?.Dispose();
        (_labeller as IDisposable)?.Dispose();
    }

    private sealed class EnginePolicy(MLContext ml, ITransformer labeller) : PooledObjectPolicy<Engine>
    {
        public override Engine Create() => ml.Model.CreatePredictionEngine<PhotographRow, LabelsRow>(labeller, new PredictionEngineOptions { OwnsTransformer = false });

        public override bool Return(Engine obj) => true;
    }
}
