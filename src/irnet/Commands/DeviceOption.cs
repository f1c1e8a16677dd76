using System.CommandLine;
using System.Globalization;
using Microsoft.ML.IrNet;
using TorchSharp;

namespace IrNetTool.Commands;

/// <summary>Where the networks and the random walk run.</summary>
internal sealed class DeviceOption
{
    private const string Cuda = "cuda:";

    private readonly Option<string> _device = new("--device")
    {
        Description = "auto takes the first CUDA device where there is one, else the CPU.",
        HelpName = "auto|cpu|cuda:N",
        DefaultValueFactory = _ => "auto",
    };

    public DeviceOption(Command command)
    {
        _device.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value is not ("auto" or "cpu" or "cuda") && Index(token.Value) is null)
                result.AddError($"{_device.Name}: '{token.Value}' is no device; use auto, cpu or cuda:N.");
        });
        _device.CompletionSources.Add("auto", "cpu", "cuda:0");
        command.Options.Add(_device);
    }

    public torch.Device Read(ParseResult parsed)
    {
        string name = parsed.GetRequiredValue(_device);
        if (name == "cpu" || (name == "auto" && !torch.cuda.is_available()))
            return torch.CPU;
        if (!torch.cuda.is_available())
            throw new OptionException(_device.Name, $"{name} was asked for, but this build or machine has no CUDA; use cpu, or build with -p:TorchBackend=cuda on a machine with an NVIDIA GPU.");
        int index = Index(name) ?? 0;
        if (index >= torch.cuda.device_count())
            throw new OptionException(_device.Name, $"{name} was asked for, but there are {torch.cuda.device_count()} CUDA devices, counted from 0.");
        return torch.device($"{Cuda}{index}");
    }

    private static int? Index(string name) =>
        name.StartsWith(Cuda, StringComparison.Ordinal) && int.TryParse(name.AsSpan(Cuda.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null;
}
