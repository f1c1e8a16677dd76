using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>What both pseudo-label transformers have in common: their inputs, and one walk for both where one follows the other.</summary>
internal abstract class PseudoLabelMap : RowMap
{
    private readonly PseudoLabelColumnOptions _options;
    private readonly Lazy<torch.Device?> _device;
    private readonly int[] _inputs;

    protected PseudoLabelMap(IExceptionContext context, DataViewSchema input, PseudoLabelColumnOptions options, Lazy<torch.Device?> device)
    {
        Check(context, SchemaShapes.Of(input), options);
        (_options, _device) = (options, device);
        _inputs = [.. Names(options).Select(name => input[name].Index)];
    }

    /// <summary>Throws where an input column is missing or of another type than needed.</summary>
    public static void Check(IExceptionContext context, SchemaShape input, PseudoLabelColumnOptions options)
    {
        ColumnRule[] rules = [ColumnRule.Tags, ColumnRule.Size, ColumnRule.Size, ColumnRule.Maps, ColumnRule.Maps, ColumnRule.Maps];
        foreach ((ColumnRule rule, string name) in rules.Append(ColumnRule.Image).Zip(Names(options)))
            rule.Require(context, input, name);
    }

    /// <inheritdoc/>
    public override IEnumerable<int> InputsOf(int output) => _inputs;

    /// <summary>The labels of a row: those of the transformer before this one where it makes the same, else this one's own.</summary>
    protected Lazy<PseudoLabelRow> OpenLabels(MappedRow row)
    {
        MappedRow? before = row.Input as MappedRow ?? (row.Input as MappedCursor)?.Row;
        bool same = before?.Map is PseudoLabelMap map && map._inputs.SequenceEqual(_inputs) && map._options.Labels == _options.Labels;
        var labels = same ? (Lazy<PseudoLabelRow>)before!.Shared! : new Lazy<PseudoLabelRow>(() => new PseudoLabelRow(row.Input, _inputs, _options, _device));
        row.Shared = labels;
        return labels;
    }

    private static string[] Names(PseudoLabelColumnOptions options) =>
    [
        options.TagsColumnName, options.ImageSizeColumnName, options.MapSizeColumnName,
        options.CamColumnName, options.BoundaryColumnName, options.DisplacementColumnName,
        .. options.Labels.Crf is null ? (string[])[] : [options.ImageColumnName],
    ];
}
