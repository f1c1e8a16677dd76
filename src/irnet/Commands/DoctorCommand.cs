using System.CommandLine;
using System.Text.Json.Nodes;
using IrNetTool.Doctor;
using Spectre.Console;

namespace IrNetTool.Commands;

/// <summary><c>irnet doctor</c>: whether everything the tool needs is there, and what to put into a report of an error.</summary>
internal static class DoctorCommand
{
    private const int WordWidth = 9;

    public static Command Create()
    {
        var command = new ToolCommand("doctor", "Look whether everything the tool needs is there; for reports of errors.", "irnet doctor");
        command.SetJob((_, screen, _) => Run(screen, Examination.Run()));
        return command;
    }

    /// <summary>Tells what was found, each as soon as it is.</summary>
    public static int Run(Screen screen, IEnumerable<Finding> findings)
    {
        bool works = true;
        var told = new JsonArray();
        foreach (Finding finding in findings)
        {
            (string word, Color colour) = finding.Kind switch
            {
                FindingKind.Ok => ("ok", Color.Green),
                FindingKind.Note => ("note", Color.Yellow),
                _ => ("problem", Color.Red),
            };
            screen.Line(word.PadRight(WordWidth), colour, finding.Text);
            told.Add(new JsonObject { ["subject"] = finding.Subject, ["kind"] = word, ["found"] = finding.Found, ["advice"] = finding.Advice });
            works &= finding.Kind != FindingKind.Problem;
        }
        screen.Figures["works"] = works;
        screen.Figures["findings"] = told;
        return works ? ExitCode.Success : ExitCode.Failed;
    }
}
