using IrNetTool.Progress;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace IrNetTool;

/// <summary>Where a command writes: a terminal, or a file or pipe, which gets plain lines.</summary>
internal sealed class Screen
{
    // Without a terminal there is no width to keep to.
    private const int WideEnough = 200;
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);

    private readonly TextWriter _output;
    private readonly IAnsiConsole _console;
    private readonly bool _isTerminal;

    public Screen(TextWriter output)
    {
        _output = output;
        _isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!_isTerminal)
            _console.Profile.Width = WideEnough;
    }

    public void Line(string text) => _output.WriteLine(text);

    public void Warn(string text) => _output.WriteLine($"warning: {text}");

    public void Write(IRenderable block) => _console.Write(block);

    /// <summary>Does work and shows its progress.</summary>
    public T Follow<T>(Func<IProgressView, T> work) => FollowAsync(view => Task.FromResult(work(view))).GetAwaiter().GetResult();

    /// <summary>Does work and shows its progress.</summary>
    public Task<T> FollowAsync<T>(Func<IProgressView, Task<T>> work) =>
        _isTerminal
            ? _console.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
                .StartAsync(context => work(new LiveProgress(context, _console)))
            : work(new PlainProgress(_output, LineInterval));
}
