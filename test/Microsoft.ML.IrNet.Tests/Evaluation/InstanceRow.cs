using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tests.Evaluation;

/// <summary>A row with drawn and found instances, classes as names.</summary>
public sealed class InstanceRow
{
    public string[] DrawnNames { get; set; } = [];

    public float[] BoundingBoxes { get; set; } = [];

    public string[] Masks { get; set; } = [];

    public string[] FoundNames { get; set; } = [];

    public float[] PredictedBoundingBoxes { get; set; } = [];

    public string[] PredictedMasks { get; set; } = [];

    public float[] Score { get; set; } = [];

    [VectorType(2)]
    public int[] ImageSize { get; set; } = [];

    public byte[] SemanticLabel { get; set; } = [];

    public byte[] SemanticMap { get; set; } = [];

    /// <summary>A row of a 4 x 5 photograph.</summary>
    public static InstanceRow Of(IReadOnlyList<InstanceLabel> drawn, IReadOnlyList<InstanceLabel> found, params string[] classes) => new()
    {
        DrawnNames = [.. drawn.Select(instance => classes[instance.ClassIndex])],
        BoundingBoxes = [.. drawn.SelectMany(Box)],
        Masks = [.. drawn.Select(instance => instance.Mask.ToCompressedString())],
        FoundNames = [.. found.Select(instance => classes[instance.ClassIndex])],
        PredictedBoundingBoxes = [.. found.SelectMany(Box)],
        PredictedMasks = [.. found.Select(instance => instance.Mask.ToCompressedString())],
        Score = [.. found.Select(instance => instance.Score)],
        ImageSize = [4, 5],
        SemanticLabel = InstanceMaps.Semantic(4, 5, drawn).Labels,
        SemanticMap = InstanceMaps.Semantic(4, 5, found).Labels,
    };

    /// <summary>The rows with the columns Label and PredictedLabel, whose keys are in the order given.</summary>
    public static IDataView View(MLContext ml, IEnumerable<InstanceRow> rows, string[] drawnClasses, string[] foundClasses)
    {
        IDataView view = ml.Data.LoadFromEnumerable(rows);
        return ml.Transforms.Conversion.MapValueToKey("Label", nameof(DrawnNames), keyData: Keys(ml, drawnClasses))
            .Append(ml.Transforms.Conversion.MapValueToKey("PredictedLabel", nameof(FoundNames), keyData: Keys(ml, foundClasses)))
            .Fit(view).Transform(view);
    }

    private static IDataView Keys(MLContext ml, string[] names) => ml.Data.LoadFromEnumerable(names.Select(name => new Key { Name = name }));

    private static IEnumerable<float> Box(InstanceLabel instance) => [instance.Box.X0, instance.Box.Y0, instance.Box.X1, instance.Box.Y1];

    private sealed class Key
    {
        public string Name { get; set; } = "";
    }
}
