namespace Microsoft.ML.IrNet.Weights;

/// <summary>The stack, the marks and the memo of a pickle being read.</summary>
internal sealed class PickleMachine
{
    // Nested containers of a state dict are a handful deep.
    private const int DeepestMarks = 256;

    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<long, object?> _memo = [];

    public object? Top => _stack.Count > Floor ? _stack[^1] : throw Damaged("the stack is empty");

    private int Floor => _marks.TryPeek(out int mark) ? mark : 0;

    public static InvalidDataException Damaged(string problem) => new($"its pickle is damaged: {problem}");

    public void Push(object? value) => _stack.Add(value);

    public object? Pop()
    {
        object? value = Top;
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    public T Pop<T>() => Pop() is T value ? value : throw Damaged($"a {typeof(T).Name} was expected");

    public void Mark()
    {
        if (_marks.Count == DeepestMarks)
            throw Damaged($"it is nested more than {DeepestMarks} deep");
        _marks.Push(_stack.Count);
    }

    public object?[] PopToMark()
    {
        if (!_marks.TryPop(out int mark))
            throw Damaged("a mark is missing");
        object?[] values = [.. _stack.Skip(mark)];
        _stack.RemoveRange(mark, values.Length);
        return values;
    }

    public object?[] Pop(int count)
    {
        var values = new object?[count];
        for (int index = count - 1; index >= 0; index--)
            values[index] = Pop();
        return values;
    }

    public void Memoize(long? index = null) => _memo[index ?? _memo.Count] = Top;

    public void Recall(long index) => Push(_memo.TryGetValue(index, out object? value) ? value : throw Damaged("it recalls what it never stored"));

    public void SetItems(object?[] pairs)
    {
        if (Top is not Dictionary<object, object?> items || pairs.Length % 2 != 0)
            throw Damaged("a dictionary was expected");
        for (int index = 0; index < pairs.Length; index += 2)
            items[pairs[index] ?? throw Damaged("a key is missing")] = pairs[index + 1];
    }

    public void Append(object?[] values) => (Top as List<object?> ?? throw Damaged("a list was expected")).AddRange(values);
}
