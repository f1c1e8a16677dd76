using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.IrNet.Weights;

/// <summary>The tensors of a weight file by name, in the file's order.</summary>
public sealed class StateDict : IReadOnlyDictionary<string, StoredTensor>
{
    private readonly List<StoredTensor> _tensors = [];
    private readonly Dictionary<string, StoredTensor> _byName = new(StringComparer.Ordinal);

    /// <summary>Makes a dictionary of the given tensors.</summary>
    /// <param name="tensors">The tensors, whose names must differ.</param>
    /// <param name="metadata">What the file says about itself (safetensors' <c>__metadata__</c>); empty where null.</param>
    /// <exception cref="ArgumentException">Two tensors have one name.</exception>
    public StateDict(IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        foreach (StoredTensor tensor in tensors)
        {
            _byName.Add(tensor.Name, tensor);
            _tensors.Add(tensor);
        }
        Metadata = metadata ?? new Dictionary<string, string>();
    }

    /// <summary>What the file says about itself; empty for most.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <inheritdoc/>
    public int Count => _tensors.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _tensors.Select(tensor => tensor.Name);

    /// <inheritdoc/>
    public IEnumerable<StoredTensor> Values => _tensors;

    /// <inheritdoc/>
    public StoredTensor this[string key] => _byName[key];

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _byName.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out StoredTensor value) => _byName.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, StoredTensor>> GetEnumerator() =>
        _tensors.Select(tensor => KeyValuePair.Create(tensor.Name, tensor)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
