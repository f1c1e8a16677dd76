using Microsoft.ML.Data;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Reads image-level labels as indices into a model's classes, whatever order the column's own keys have.</summary>
internal sealed class TagColumn
{
    private readonly DataViewRow _row;
    private readonly string _name;
    private readonly IReadOnlyList<string> _classes;
    private readonly string[] _keys;
    private readonly int[] _classOfKey;
    private readonly Func<uint[]> _read;

    public TagColumn(DataViewRow row, int column, IReadOnlyList<string> classes)
    {
        DataViewSchema.Column tags = row.Schema[column];
        (_row, _name, _classes) = (row, tags.Name, classes);
        _keys = ClassAnnotations.Read(tags, ClassAnnotations.KeyValues);
        var indices = new Dictionary<string, int>();
        for (int index = 0; index < classes.Count; index++)
            indices[classes[index]] = index;
        _classOfKey = [.. _keys.Select(key => indices.GetValueOrDefault(key, -1))];
        _read = Getters.Read<uint>(row, column);
    }

    /// <summary>The current row's classes, ascending and without repetition; keys that stand for a missing value are left out.</summary>
    /// <exception cref="DataSetException">The row has a tag the model does not know.</exception>
    public int[] Read()
    {
        int[] keys = [.. _read().Where(key => key > 0).Select(key => (int)key - 1)];
        int unknown = Array.FindIndex(keys, key => key >= _keys.Length || _classOfKey[key] < 0);
        if (unknown < 0)
            return [.. keys.Select(key => _classOfKey[key]).Distinct().Order()];
        string tag = keys[unknown] < _keys.Length ? _keys[keys[unknown]] : $"key {keys[unknown] + 1}";
        throw new DataSetException($"row {_row.Position}, column '{_name}'",
            $"holds the tag '{tag}', which the model does not know; it knows {string.Join(", ", _classes)}.");
    }
}
