using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>What the labels of drawn and of predicted semantic maps stand for.</summary>
internal sealed class SemanticClasses
{
    private const string Background = "background";

    private readonly IReadOnlyList<string>? _names;
    private readonly IReadOnlyList<string>? _predictedNames;

    /// <param name="names">The classes of labels 1, 2, ...; null where nothing names them.</param>
    /// <param name="predictedNames">The same of the predicted maps where these have another order; null where they have the same.</param>
    /// <param name="option">Where <paramref name="names"/> were given.</param>
    /// <exception cref="OptionException">There are no names or too many, one occurs twice or is that of the background, or only predicted labels have names.</exception>
    public SemanticClasses(IReadOnlyList<string>? names, IReadOnlyList<string>? predictedNames, string option = "classes")
    {
        Require(names, option);
        Require(predictedNames, "predictedClasses");
        if (names is null && predictedNames is not null)
            throw new OptionException("predictedClasses", "was given and the classes of the drawn maps have no names; give them too, as classes or as the key values of a column.");
        (_names, _predictedNames) = (names, predictedNames);
    }

    /// <summary>How many classes maps may hold.</summary>
    public int Count => _names?.Count ?? LabelMap.Void - 1;

    /// <summary>Checks a drawn map.</summary>
    /// <exception cref="DataSetException">It holds a label that is no class.</exception>
    public LabelMap Drawn(byte[] labels, string subject)
    {
        var map = new LabelMap(1, labels.Length, labels);
        return SemanticEvaluator.StrangeLabel(map, Count) is { } strange ? throw Strange(subject, strange, Count) : map;
    }

    /// <summary>A predicted map with the labels of the drawn ones.</summary>
    /// <exception cref="DataSetException">It holds a label that is no class, or a class that the drawn maps do not have.</exception>
    public LabelMap Predicted(byte[] labels, string subject)
    {
        if (_predictedNames is not { } names)
            return Drawn(labels, subject);
        var map = new LabelMap(1, labels.Length, labels);
        if (SemanticEvaluator.StrangeLabel(map, names.Count) is { } strange)
            throw Strange(subject, strange, names.Count);
        var renumbered = new byte?[LabelMap.Void + 1];
        (renumbered[0], renumbered[LabelMap.Void]) = (0, LabelMap.Void);
        return new LabelMap(1, labels.Length, Array.ConvertAll(labels, label => renumbered[label] ??= (byte)(ClassNames.Require(_names!, names[label - 1], subject) + 1)));
    }

    /// <summary>Values of labels 0, 1, ... by name; without names as many as there are labels up to the largest that occurs.</summary>
    /// <param name="values">One for each label.</param>
    /// <param name="largest">The largest label that occurs, void not counted.</param>
    public IReadOnlyDictionary<string, double> ByName(IReadOnlyList<double> values, int largest)
    {
        IEnumerable<string> names = _names ?? Enumerable.Range(1, largest).Select(label => $"{label}");
        return names.Prepend(Background).Zip(values, KeyValuePair.Create).ToDictionary();
    }

    private static void Require(IReadOnlyList<string>? names, string option)
    {
        if (names is null)
            return;
        if (names.Count is < 1 or > LabelMap.Void - 1)
            throw new OptionException(option, $"{names.Count} names were given; semantic maps hold 1 to {LabelMap.Void - 1} classes beside background and void.");
        if (ClassNames.Repeated(names.Prepend(Background)) is { } repeated)
            throw new OptionException(option, $"'{repeated}' occurs twice (label 0 is called '{Background}'); give every class its own name, in the order of the labels from 1 on.");
    }

    private static DataSetException Strange(string subject, byte label, int classes) =>
        new(subject, $"holds the label {label}; expected 0 ({Background}), 1 to {classes} (classes) or {LabelMap.Void} (void).");
}
