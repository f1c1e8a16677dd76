using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Weights;

/// <summary>Carries weights between torch modules and state dicts, by PyTorch's names.</summary>
public static class ModuleWeights
{
    // A counter that torch writes and batch norms with fixed statistics never read.
    private const string BatchCounter = "num_batches_tracked";

    /// <summary>Copies weights into a module's parameters and buffers, converted to their type and device.</summary>
    /// <param name="module">The module; what the weights lack or have in another shape stays as it is.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="rename">Gives the module's name for a name of the weights, or null for one to pass over. Where several become one, the first counts.</param>
    /// <returns>What was loaded and what was not; batch norms' <c>num_batches_tracked</c> counts neither as missing nor as unexpected.</returns>
    public static WeightReport Load(nn.Module module, StateDict weights, Func<string, string?>? rename = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(weights);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> targets = module.state_dict();
        var met = new HashSet<string>(StringComparer.Ordinal);
        List<string> loaded = [], unexpected = [], misshapen = [];
        foreach (StoredTensor stored in weights.Values)
        {
            if ((rename is null ? stored.Name : rename(stored.Name)) is not { } name || !met.Add(name))
                continue;
            if (!targets.TryGetValue(name, out Tensor? target))
            {
                if (!IsBatchCounter(name))
                    unexpected.Add(stored.Name);
            }
            else if (!target.shape.AsSpan().SequenceEqual(stored.Shape))
            {
                misshapen.Add($"{name}: [{string.Join(", ", stored.Shape)}] in the weights, [{string.Join(", ", target.shape)}] in the network");
            }
            else
            {
                using Tensor source = ToTensor(stored);
                target.copy_(source);
                loaded.Add(name);
            }
        }
        return new WeightReport(loaded, [.. targets.Keys.Where(name => !met.Contains(name) && !IsBatchCounter(name))], unexpected, misshapen);
    }

    /// <summary>Copies a module's parameters and buffers, each in its own type.</summary>
    public static StateDict Save(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return new StateDict([.. module.state_dict().Select(entry => FromTensor(entry.Key, entry.Value))]);
    }

    /// <summary>Copies a module's buffers alone.</summary>
    internal static StateDict SaveBuffers(nn.Module module)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return new StateDict([.. module.named_buffers().Select(entry => FromTensor(entry.name, entry.buffer))]);
    }

    private static bool IsBatchCounter(string name) => name == BatchCounter || name.EndsWith("." + BatchCounter, StringComparison.Ordinal);

    private static Tensor ToTensor(StoredTensor stored)
    {
        Tensor tensor = empty(stored.Shape, dtype: TorchType(stored.Type));
        if (stored.Count > 0)
            stored.Data.Span.CopyTo(tensor.bytes);
        return tensor;
    }

    private static StoredTensor FromTensor(string name, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        Tensor local = tensor.detach().cpu().contiguous();
        return new StoredTensor(name, Stored(name, local.dtype), local.shape, local.numel() == 0 ? default : local.bytes.ToArray());
    }

    private static ScalarType TorchType(StoredType type) => type switch
    {
        StoredType.F64 => ScalarType.Float64,
        StoredType.F32 => ScalarType.Float32,
        StoredType.F16 => ScalarType.Float16,
        StoredType.BF16 => ScalarType.BFloat16,
        StoredType.I64 => ScalarType.Int64,
        StoredType.I32 => ScalarType.Int32,
        StoredType.I16 => ScalarType.Int16,
        StoredType.I8 => ScalarType.Int8,
        StoredType.U8 => ScalarType.Byte,
        _ => ScalarType.Bool,
    };

    private static StoredType Stored(string name, ScalarType type) => type switch
    {
        ScalarType.Float64 => StoredType.F64,
        ScalarType.Float32 => StoredType.F32,
        ScalarType.Float16 => StoredType.F16,
        ScalarType.BFloat16 => StoredType.BF16,
        ScalarType.Int64 => StoredType.I64,
        ScalarType.Int32 => StoredType.I32,
        ScalarType.Int16 => StoredType.I16,
        ScalarType.Int8 => StoredType.I8,
        ScalarType.Byte => StoredType.U8,
        ScalarType.Bool => StoredType.Bool,
        _ => throw new ArgumentException($"{name} is of the type {type}, which weight files do not hold."),
    };
}
