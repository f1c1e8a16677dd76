using Microsoft.ML.IrNet;
using System.CommandLine;
using TorchSharp;

namespace IrNetTool.Commands;

/// <summary>Where the networks run.</summary>
internal sealed class DeviceOption
{
    private readonly Option<string> _device = new("--device")
    {
        Description = "auto takes the first CUDA device where there is one, else the CPU.",
        HelpName = "auto|cpu|cuda:N",
        DefaultValueFactory = _ => "auto",
    };

    public DeviceOption(Command command) => command.Options.Add(_device);

    public torch.Device Read(ParseResult parsed)
    {
        string name = parsed.GetValue(_device)!;
        if (name == "cpu")
            return torch.CPU;
        if (name == "auto")
            return torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        if (name == "cuda")
            name = "cuda:0";
        if (!name.StartsWith("cuda:", StringComparison.Ordinal) || !int.TryParse(name.AsSpan(5), out int index) || index < 0)
            throw new OptionException("--device", $"'{name}' is not a device; use auto, cpu or cuda:N.");
        if (!torch.cuda.is_available())
            throw new OptionException("--device", $"{name} was asked for, but this build or machine has no CUDA; use cpu, or build with -p:TorchBackend=cuda on a machine with an NVIDIA GPU.");
        if (index >= torch.cuda.device_count())
            throw new OptionException("--device", $"{name} was asked for, but there are {torch.cuda.device_count()} CUDA devices, counted from 0.");
        return torch.device($"cuda:{index}");
    }
}
