using System.Diagnostics;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Gives a parser damaged inputs and fails where anything but this library's errors comes of it, where it takes too long, or where it takes memory that the input does not justify.</summary>
/// <param name="name">The format.</param>
/// <param name="format">Its parsers.</param>
/// <param name="seed">Decides all inputs: the input of a round depends on it and the round alone.</param>
internal sealed class FuzzRunner(string name, FuzzCase format, int seed)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1), Hung = TimeSpan.FromSeconds(60);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _begun = Timeout.InfiniteTimeSpan, _slowest;
    private FuzzInput? _input;
    private int _round, _read, _refused;
    private long _largest;
    private int _largestOf;

    /// <summary>Does rounds from 0 on. They run on a thread of their own, so that one that never ends fails as well.</summary>
    /// <returns>What came of them, as one line.</returns>
    public string Run(int rounds)
    {
        Exception? failure = null;
        var work = new Thread(() =>
        {
            try
            {
                Work(rounds);
            }
            catch (Exception error)
            {
                failure = error;
            }
        }, 1 << 20)
        { IsBackground = true };
        work.Start();
        while (!work.Join(TimeSpan.FromMilliseconds(100)))
            if (_begun is var begun && begun >= TimeSpan.Zero && _clock.Elapsed - begun > Hung)
                throw new InvalidOperationException(Describe($"does not end within {Hung.TotalSeconds} s"));
        if (failure is not null)
            throw new InvalidOperationException(failure.Message, failure);
        return $"fuzz {name}: {rounds} rounds, {_refused} refused, {_read} read, slowest {_slowest.TotalMilliseconds:F0} ms, largest allocation {_largest:N0} bytes (of {_largestOf} bytes of input)";
    }

    private void Work(int rounds)
    {
        foreach (FuzzInput whole in format.Seeds)
        {
            _input = whole;
            // What the first input alone takes, such as a pattern that is compiled, is no matter of its size.
            Try(out _);
            if (Try(out string? problem) is false || problem is not null)
                throw new InvalidOperationException(Describe($"a valid input of the kind '{whole.Kind}' is not read: {problem ?? "it is refused"}"));
        }
        (_slowest, _largest) = (TimeSpan.Zero, 0);
        for (_round = 0; _round < rounds; _round++)
        {
            var random = new Random(unchecked(seed * 31 + _round));
            FuzzInput whole = format.Seeds[random.Next(format.Seeds.Count)];
            _input = whole with { Bytes = format.Mutate(random, whole) };
            // A machine that is shared may be busy for once; what is slow or hungry by nature is so again.
            bool? read = Try(out string? problem);
            if (read is not null && problem is not null)
                read = Try(out problem);
            if (problem is not null)
                throw new InvalidOperationException(Describe(problem));
            _read += read == true ? 1 : 0;
            _refused += read == true ? 0 : 1;
        }
    }

    // Whether it was read; null where what came of it is no matter of time or memory.
    private bool? Try(out string? problem)
    {
        int length = _input!.Bytes.Length;
        bool? read;
        problem = null;
        _begun = _clock.Elapsed;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            format.Parse(_input);
            read = true;
        }
        catch (IrNetException)
        {
            read = false;
        }
        catch (Exception error)
        {
            problem = error.ToString();
            read = null;
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        TimeSpan took = _clock.Elapsed - _begun;
        _begun = Timeout.InfiniteTimeSpan;
        if (problem is null && took > Longest)
            problem = $"takes {took.TotalSeconds:F1} s";
        if (problem is null && allocated > format.AllocationBound(length))
            problem = $"takes {allocated:N0} bytes of memory, where {format.AllocationBound(length):N0} were the most expected";
        if (problem is null)
        {
            _slowest = took > _slowest ? took : _slowest;
            if (allocated > _largest)
                (_largest, _largestOf) = (allocated, length);
        }
        return read;
    }

    private string Describe(string problem)
    {
        const int MostHex = 4096;
        byte[] bytes = _input!.Bytes;
        string input = Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, MostHex)));
        if (bytes.Length > MostHex)
        {
            string path = Path.Combine(Path.GetTempPath(), $"irnet-fuzz-{name}-{seed}-{_round}.bin");
            File.WriteAllBytes(path, bytes);
            input = path;
        }
        return $"{name} ({_input.Kind}), seed {seed}, round {_round}, {bytes.Length} bytes: {problem}\nInput: {input}";
    }
}
