using System.Diagnostics;
using System.Runtime.Versioning;
using IrNetTool;
using IrNetTool.Completion;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Tool;

public class CompletionTests
{
    [Theory]
    [InlineData("tr", "train-student")]
    [InlineData("run --cam", "--cam-epochs")]
    [InlineData("run --backbone ", "resnet101", "resnet18", "resnet34", "resnet50")]
    [InlineData("run --backbone-weights no", "none")]
    [InlineData("run --format ", "coco", "folder", "voc")]
    [InlineData("label --device ", "auto", "cpu", "cuda:0")]
    [InlineData("train-student --model ", "deeplab", "maskrcnn")]
    [InlineData("import --classes ", "voc")]
    [InlineData("completion ", "bash", "fish", "pwsh", "zsh")]
    [InlineData("run --data DATA --split ", "train", "val")]
    [InlineData("run --data DATA/nowhere --split ")]
    public async Task The_tool_suggests(string typed, params string[] expected)
    {
        using TemporaryFolder folder = new();
        folder.Write("ImageSets/Segmentation/train.txt", "");
        folder.Write("ImageSets/Segmentation/val.txt", "");
        string line = typed.Replace("DATA", folder.Root, StringComparison.Ordinal);
        ToolRun run = await ToolRun.Of($"[suggest:{line.Length}]", line);
        Assert.Equal((ExitCode.Success, ""), (run.Code, run.Error));
        string[] suggested = run.Output.Split(Environment.NewLine);
        Assert.All(expected, value => Assert.Contains(value, suggested));
        if (expected.Length == 0)
            Assert.Equal("", run.Output.Trim());
    }

    [Theory]
    [InlineData("bash", "complete ")]
    [InlineData("zsh", "compdef ")]
    [InlineData("fish", "complete ")]
    [InlineData("pwsh", "Register-ArgumentCompleter ")]
    public async Task Each_shell_has_a_script_that_asks_the_tool(string shell, string command)
    {
        ToolRun run = await ToolRun.Of("completion", shell);
        Assert.Equal((ExitCode.Success, ""), (run.Code, run.Error));
        Assert.Contains(command, run.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Output, StringComparison.Ordinal);
        Assert.Equal(Shells.Script(shell), run.Output);
    }

    [Fact]
    public async Task An_unknown_shell_is_refused() =>
        Assert.Contains("tcsh", (await ToolRun.Of("completion", "tcsh")).AssertFails(ExitCode.BadArguments), StringComparison.Ordinal);

    [SkippableTheory]
    [UnsupportedOSPlatform("windows")]
    [InlineData("irnet tr", "train-student")]
    [InlineData("irnet run --cam", "--cam-epochs")]
    [InlineData("irnet  run --format ", "coco folder voc")]
    [InlineData("irnet run --device c", "cpu cuda:0")]
    [InlineData("irnet run --device cuda:", "0")]
    [InlineData("irnet run --data ", "")]
    public async Task Bash_completes(string typed, string expected)
    {
        Skip.IfNot(File.Exists("/bin/bash"), "There is no bash here.");
        using TemporaryFolder folder = new();
        string tool = folder.Write("irnet", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "irnet.dll")}' \"$@\"\n");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string script = folder.Write("script", $$"""
            source <(irnet completion bash)
            COMP_LINE='{{typed}}' COMP_POINT={{typed.Length}} COMP_WORDS=(irnet) COMP_WORDBREAKS=$' \t\n=:'
            _irnet_complete
            echo "${COMPREPLY[*]}"
            """);
        ProcessStartInfo start = new("/bin/bash", ["--norc", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{folder.Root}:{start.Environment["PATH"]}";
        using Process bash = Process.Start(start)!;
        Task<string> error = bash.StandardError.ReadToEndAsync();
        string output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.Equal((expected, ""), (output.Trim(), await error));
    }
}
