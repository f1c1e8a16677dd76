using System.Globalization;
using System.Text.Json.Nodes;
using IrNetTool.Progress;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace IrNetTool;

/// <summary>Where a command writes: a terminal, or a file or pipe, which gets plain lines.</summary>
internal sealed class Screen
{
    // Without a terminal there is no width to keep to.
    private const int WideEnough = 200;
    private const int Narrowest = 40;
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);

    private readonly TextWriter _output;
    private readonly IAnsiConsole _console;
    private readonly bool _isTerminal;

    /// <param name="output">Where to.</param>
    public Screen(TextWriter output) : this(output, Environment.GetEnvironmentVariable("COLUMNS"))
    {
    }

    /// <param name="output">Where to.</param>
    /// <param name="columns">How wide tables may be, where it is a number; else as wide as the terminal.</param>
    public Screen(TextWriter output, string? columns)
    {
        _output = output;
        _isTerminal = (ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected) || (ReferenceEquals(output, Console.Error) && !Console.IsErrorRedirected);
        // The variables TERM and NO_COLOR are about the terminal, which need not be where this is written.
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = _isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = _isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = _isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width >= Narrowest)
            _console.Profile.Width = width;
        else if (!_isTerminal)
            _console.Profile.Width = WideEnough;
    }

    /// <summary>What <c>--json</c> writes; commands add to it what they print.</summary>
    public JsonObject Figures { get; set; } = [];

    public void Line(string text) => _output.WriteLine(text);

    /// <summary>Writes a line that begins with a coloured word.</summary>
    public void Line(string word, Color colour, string text)
    {
        _console.Write(new Text(word, colour));
        _output.WriteLine(text);
    }

    public void Warn(string text) => _output.WriteLine($"warning: {text}");

    public void Write(IRenderable block) => _console.Write(block);

    /// <summary>Does work and shows its progress.</summary>
    public T Follow<T>(Func<IProgressView, T> work) => FollowAsync(view => Task.FromResult(work(view))).GetAwaiter().GetResult();

    /// <summary>Does work and shows its progress.</summary>
    public Task<T> FollowAsync<T>(Func<IProgressView, Task<T>> work) =>
        _isTerminal ? LiveProgress.FollowAsync(_console, work) : work(new PlainProgress(_output, LineInterval));
}
