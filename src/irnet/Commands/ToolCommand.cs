using System.CommandLine;

namespace IrNetTool.Commands;

/// <summary>A command with an example in its help.</summary>
internal sealed class ToolCommand(string name, string description, string example) : Command(name, description)
{
    public string Example { get; } = example;

    /// <summary>
    /// Sets what the command does. It is done on another thread: the one that invokes a command must come back at once to listen for Ctrl-C, or the first one would
    /// end the process in the middle of a step.
    /// </summary>
    public void SetJob(Func<ParseResult, Screen, CancellationToken, Task<int>> job)
    {
        JsonOption.AddTo(this);
        SetAction((parsed, cancellation) =>
        {
            TextWriter error = parsed.InvocationConfiguration.Error;
            cancellation.Register(() => error.WriteLine("irnet: stopping, what is done so far is being saved..."));
            return Task.Run(
                async () =>
                {
                    var screen = new Screen(JsonOption.LinesOf(parsed));
                    int code = await job(parsed, screen, cancellation).ConfigureAwait(false);
                    JsonOption.Write(parsed, screen.Figures);
                    return code;
                },
                CancellationToken.None);
        });
    }

    /// <summary>Sets what the command does.</summary>
    public void SetJob(Func<ParseResult, Screen, CancellationToken, int> job) =>
        SetJob((parsed, screen, cancellation) => Task.FromResult(job(parsed, screen, cancellation)));
}
