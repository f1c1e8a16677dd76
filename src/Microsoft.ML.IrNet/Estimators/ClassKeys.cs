using Microsoft.ML.Data;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>A column's keys as indices into given classes, found by name, whatever order the column's own keys have.</summary>
internal sealed class ClassKeys
{
    private readonly string[] _names;
    private readonly int[] _classOfKey;

    public ClassKeys(DataViewSchema.Column column, IReadOnlyList<string> classes)
    {
        _names = ClassAnnotations.Read(column, ClassAnnotations.KeyValues);
        var indices = new Dictionary<string, int>();
        for (int index = 0; index < classes.Count; index++)
            indices[classes[index]] = index;
        _classOfKey = [.. _names.Select(name => indices.GetValueOrDefault(name, -1))];
    }

    /// <summary>How many keys the column has; they start at 1.</summary>
    public int Count => _names.Length;

    /// <summary>The class of a key; -1 for 0, which stands for a missing value, for keys the column has no name for, and for names that are none of the classes.</summary>
    public int IndexOf(uint key) => IsNamed(key) ? _classOfKey[key - 1] : -1;

    /// <summary>What messages call a key.</summary>
    public string NameOf(uint key) => IsNamed(key) ? _names[key - 1] : $"key {key}";

    /// <summary>Whether the column has a name for a key.</summary>
    public bool IsNamed(uint key) => key >= 1 && key <= (uint)_names.Length;
}
