using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.IrNet.Weights;

/// <summary>
/// Reads the part of Python's pickle language (protocols 2 to 5) that state dicts are written in. Nothing is executed: names are only looked up in a closed
/// list (<see cref="PickleCalls"/>), and every other name or opcode is refused.
/// </summary>
internal sealed class PickleReader(Stream stream, Func<object?, object?> persistent)
{
    // A state dict of a thousand tensors takes some 40,000.
    private const int MostSteps = 1_000_000;
    private const int LongestName = 1024;

    private readonly PickleMachine _machine = new();
    private long _copied;

    /// <summary>Reads one pickle and leaves the stream behind it.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or holds more than a weight file needs.</exception>
    /// <exception cref="EndOfStreamException">The stream ends within it.</exception>
    public object? Read()
    {
        for (int step = 0; step < MostSteps; step++)
        {
            int code = Byte();
            if (code == '.')
                return _machine.Pop();
            if (!TryPushConstant(code) && !TryUseMemo(code) && !TryBuild(code))
                throw new InvalidDataException($"its pickle uses the opcode 0x{code:x2}, which no state dict needs; save only the state dict: torch.save(model.state_dict(), path)");
        }
        throw PickleMachine.Damaged($"it takes more than {MostSteps} steps");
    }

    private bool TryPushConstant(int code)
    {
        switch (code)
        {
            case 0x80: // PROTO
                if (Byte() is < 2 or > 5)
                    throw PickleMachine.Damaged("its protocol is not 2 to 5");
                return true;
            case 0x95: // FRAME
                Bytes(8);
                return true;
            case 'N':
                _machine.Push(null);
                return true;
            case 0x88 or 0x89: // NEWTRUE, NEWFALSE
                _machine.Push(code == 0x88);
                return true;
            case 'K':
                _machine.Push((long)Byte());
                return true;
            case 'M':
                _machine.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2)));
                return true;
            case 'J':
                _machine.Push((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4)));
                return true;
            case 0x8a: // LONG1
                _machine.Push(Integer(Bytes(Byte())));
                return true;
            case 'G':
                _machine.Push(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8)));
                return true;
            case 'X':
                _machine.Push(Encoding.UTF8.GetString(Bytes(Length32())));
                return true;
            case 0x8c: // SHORT_BINUNICODE
                _machine.Push(Encoding.UTF8.GetString(Bytes(Byte())));
                return true;
            case 'T': // Python 2 wrote its strings so
                _machine.Push(Encoding.Latin1.GetString(Bytes(Length32())));
                return true;
            case 'U':
                _machine.Push(Encoding.Latin1.GetString(Bytes(Byte())));
                return true;
            case 'c':
                _machine.Push(new PickleGlobal($"{Line()}.{Line()}"));
                return true;
            default:
                return false;
        }
    }

    private bool TryUseMemo(int code)
    {
        switch (code)
        {
            case 'q':
                _machine.Memoize(Byte());
                return true;
            case 'r':
                _machine.Memoize(Length32());
                return true;
            case 0x94: // MEMOIZE
                _machine.Memoize();
                return true;
            case 'h':
                _machine.Recall(Byte());
                return true;
            case 'j':
                _machine.Recall(Length32());
                return true;
            default:
                return false;
        }
    }

    private bool TryBuild(int code)
    {
        switch (code)
        {
            case '(':
                _machine.Mark();
                return true;
            case '0':
                _machine.Pop();
                return true;
            case '}':
                _machine.Push(new Dictionary<object, object?>());
                return true;
            case ']':
                _machine.Push(new List<object?>());
                return true;
            case ')':
                _machine.Push(Array.Empty<object?>());
                return true;
            case 't':
                _machine.Push(_machine.PopToMark());
                return true;
            case 0x85 or 0x86 or 0x87: // TUPLE1, TUPLE2, TUPLE3
                _machine.Push(_machine.Pop(code - 0x84));
                return true;
            case 's':
                object?[] pair = _machine.Pop(2);
                _machine.SetItems(pair);
                return true;
            case 'u':
                object?[] pairs = _machine.PopToMark();
                _machine.SetItems(pairs);
                return true;
            case 'a':
                object?[] value = _machine.Pop(1);
                _machine.Append(value);
                return true;
            case 'e':
                object?[] values = _machine.PopToMark();
                _machine.Append(values);
                return true;
            case 0x93: // STACK_GLOBAL
                object?[] name = _machine.Pop(2);
                _machine.Push(new PickleGlobal($"{name[0] as string}.{name[1] as string}"));
                return true;
            case 'Q':
                _machine.Push(persistent(_machine.Pop()));
                return true;
            case 'R' or 0x81: // REDUCE, NEWOBJ
                object?[] arguments = _machine.Pop<object?[]>();
                if (arguments is [List<object?> items, ..] && (_copied += items.Count) > stream.Length)
                    throw PickleMachine.Damaged("it copies a list again and again");
                _machine.Push(PickleCalls.Call(_machine.Pop<PickleGlobal>(), arguments));
                return true;
            case 'b':
                object? state = _machine.Pop();
                PickleCalls.SetState(_machine.Top, state);
                return true;
            default:
                return false;
        }
    }

    private int Byte()
    {
        int value = stream.ReadByte();
        return value >= 0 ? value : throw new EndOfStreamException();
    }

    private byte[] Bytes(int count)
    {
        if (count > stream.Length - stream.Position)
            throw new EndOfStreamException();
        byte[] bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private int Length32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4)) is >= 0 and var length ? length : throw PickleMachine.Damaged("a length is negative");

    private string Line()
    {
        var line = new StringBuilder();
        for (int next = Byte(); next != '\n'; next = Byte())
            line.Append(line.Length < LongestName ? (char)next : throw PickleMachine.Damaged("a name is too long"));
        return line.ToString();
    }

    // Numbers beyond 64 bits (the magic number of the older format) are kept as their bytes' hexadecimal digits.
    private static object Integer(byte[] littleEndian)
    {
        if (littleEndian.Length > 8)
            return Convert.ToHexString(littleEndian);
        long value = littleEndian.Length > 0 && littleEndian[^1] >= 0x80 ? -1 : 0;
        for (int index = littleEndian.Length - 1; index >= 0; index--)
            value = (value << 8) | littleEndian[index];
        return value;
    }
}
