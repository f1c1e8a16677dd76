using Microsoft.ML.Data;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Reads image-level labels as indices into a model's classes, whatever order the column's own keys have.</summary>
internal sealed class TagColumn
{
    private readonly DataViewRow _row;
    private readonly string _name;
    private readonly IReadOnlyList<string> _classes;
    private readonly ClassKeys _keys;
    private readonly Func<uint[]> _read;

    public TagColumn(DataViewRow row, int column, IReadOnlyList<string> classes)
    {
        DataViewSchema.Column tags = row.Schema[column];
        (_row, _name, _classes, _keys) = (row, tags.Name, classes, new ClassKeys(tags, classes));
        _read = Getters.Read<uint>(row, column);
    }

    /// <summary>The current row's classes, ascending and without repetition; keys that stand for a missing value are left out.</summary>
    /// <exception cref="DataSetException">The row has a tag the model does not know.</exception>
    public int[] Read()
    {
        uint[] keys = [.. _read().Where(key => key > 0)];
        int unknown = Array.FindIndex(keys, key => _keys.IndexOf(key) < 0);
        if (unknown < 0)
            return [.. keys.Select(_keys.IndexOf).Distinct().Order()];
        throw new DataSetException($"row {_row.Position}, column '{_name}'",
            $"holds the tag '{_keys.NameOf(keys[unknown])}', which the model does not know; it knows {string.Join(", ", _classes)}.");
    }
}
