namespace Microsoft.ML.IrNet.Weights;

/// <summary>The only names a weight file may call, and what they make here.</summary>
internal static class PickleCalls
{
    private const string ParameterClass = "torch.nn.parameter.Parameter";

    /// <summary>The element type of a storage class; null where the value names none.</summary>
    public static StoredType? StorageType(object? storageClass) => (storageClass as PickleGlobal)?.Name switch
    {
        "torch.DoubleStorage" => StoredType.F64,
        "torch.FloatStorage" => StoredType.F32,
        "torch.HalfStorage" => StoredType.F16,
        "torch.BFloat16Storage" => StoredType.BF16,
        "torch.LongStorage" => StoredType.I64,
        "torch.IntStorage" => StoredType.I32,
        "torch.ShortStorage" => StoredType.I16,
        "torch.CharStorage" => StoredType.I8,
        "torch.ByteStorage" => StoredType.U8,
        "torch.BoolStorage" => StoredType.Bool,
        _ => null,
    };

    /// <summary>What calling a name with the arguments makes.</summary>
    /// <exception cref="InvalidDataException">The name is not on the list.</exception>
    public static object? Call(PickleGlobal name, object?[] arguments) => name.Name switch
    {
        "collections.OrderedDict" => OrderedDict(arguments),
        "torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v2" => Tensor(arguments),
        "torch._utils._rebuild_parameter" or ParameterClass => new PthParameter { Tensor = arguments is [PthTensor tensor, ..] ? tensor : null },
        _ => throw new InvalidDataException(
            $"it asks to run '{name.Name}', which no weights need and which is refused; save only the state dict: torch.save(model.state_dict(), path)"),
    };

    /// <summary>Gives an object the state that follows it: a state dict's notes about its modules are passed over.</summary>
    public static void SetState(object? target, object? state)
    {
        switch (target)
        {
            case Dictionary<object, object?>:
                break;
            // Variables of torch 0.1: (data, gradient, hooks, requires_grad, volatile); later ones come without the data.
            case PthParameter parameter when state is object?[] { Length: 3 or 5 } fields:
                if (fields is [PthTensor tensor, _, _, _, _])
                    parameter.Tensor = tensor;
                break;
            default:
                throw PickleMachine.Damaged("it sets the state of what has none");
        }
    }

    // Python 2 hands over the items as a list of pairs, Python 3 sets them afterwards.
    private static Dictionary<object, object?> OrderedDict(object?[] arguments)
    {
        var items = new Dictionary<object, object?>();
        if (arguments.Length == 0)
            return items;
        foreach (object? pair in arguments[0] as List<object?> ?? throw PickleMachine.Damaged("a list of pairs was expected"))
        {
            var (key, value) = pair switch
            {
                List<object?> { Count: 2 } list => (list[0], list[1]),
                object?[] { Length: 2 } tuple => (tuple[0], tuple[1]),
                _ => throw PickleMachine.Damaged("a pair was expected"),
            };
            items[key ?? throw PickleMachine.Damaged("a key is missing")] = value;
        }
        return items;
    }

    private static PthTensor Tensor(object?[] arguments) =>
        arguments is [PthStorage storage, long offset, object?[] shape, object?[] strides, ..] && shape.Length == strides.Length && shape.Length <= PthTensor.MostDimensions
            ? new PthTensor(storage, offset, Numbers(shape), Numbers(strides))
            : throw PickleMachine.Damaged($"a tensor's storage, offset, shape and strides (of at most {PthTensor.MostDimensions} axes) were expected");

    private static long[] Numbers(object?[] values) =>
        [.. values.Select(value => value is long number ? number : throw PickleMachine.Damaged("a number was expected"))];
}
