using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>What <see cref="InstancePseudoLabelTransformer"/> adds to rows.</summary>
internal sealed class InstancePseudoLabelMap : PseudoLabelMap
{
    public InstancePseudoLabelMap(IExceptionContext context, DataViewSchema input, InstancePseudoLabelOptions options, Lazy<torch.Device?> device)
        : base(context, input, options, device) =>
        Outputs = Columns(options, ClassAnnotations.Read(input[options.TagsColumnName], ClassAnnotations.KeyValues));

    /// <inheritdoc/>
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <summary>The columns put out for given classes.</summary>
    public static DataViewSchema.DetachedColumn[] Columns(InstancePseudoLabelOptions options, IReadOnlyList<string> classes) =>
    [
        new(options.PredictedLabelColumnName, ClassAnnotations.KeyVector(classes), ClassAnnotations.Create(ClassAnnotations.KeyValues, classes)),
        new(options.ScoreColumnName, new VectorDataViewType(NumberDataViewType.Single)),
        new(options.PredictedBoundingBoxesColumnName, new VectorDataViewType(NumberDataViewType.Single)),
        new(options.PredictedMasksColumnName, new VectorDataViewType(TextDataViewType.Instance)),
    ];

    /// <inheritdoc/>
    public override Delegate?[] Open(MappedRow row)
    {
        Lazy<PseudoLabelRow> labels = OpenLabels(row);
        var getters = new Delegate?[Outputs.Count];
        void Add<T>(int output, Func<IReadOnlyList<InstanceLabel>, IEnumerable<T>> values)
        {
            if (!row.IsOutputActive(output))
                return;
            labels.Value.WantsInstances = true;
            getters[output] = Getters.Vector(() => values(labels.Value.Labels.Instances).ToArray());
        }
        Add(0, instances => instances.Select(instance => (uint)instance.ClassIndex + 1));
        Add(1, instances => instances.Select(instance => instance.Score));
        Add(2, instances => instances.SelectMany(instance => new[] { instance.Box.X0, instance.Box.Y0, instance.Box.X1, instance.Box.Y1 }));
        Add(3, instances => instances.Select(instance => instance.Mask.ToCompressedString().AsMemory()));
        return getters;
    }
}
