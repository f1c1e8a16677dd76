using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>The torch device that an MLContext asks for.</summary>
internal static class DeviceChoice
{
    /// <summary>The CPU, or the CUDA device of the context's GpuDeviceId.</summary>
    /// <exception cref="OptionException">That device is not there and the context does not allow the CPU in its place.</exception>
    public static torch.Device Resolve(IHostEnvironment environment, IChannelProvider messages) => Cuda(environment, messages) ?? torch.CPU;

    /// <summary>The CUDA device of the context's GpuDeviceId; null for the CPU, so that what needs no torch there does not load it.</summary>
    /// <exception cref="OptionException">That device is not there and the context does not allow the CPU in its place.</exception>
    public static torch.Device? Cuda(IHostEnvironment environment, IChannelProvider messages)
    {
        if (ContextSettings.GpuDeviceId(environment) is not { } index)
            return null;
        int devices = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (index >= 0 && index < devices)
            return new torch.Device(DeviceType.CUDA, index);
        string problem = devices == 0 ? "torch finds no CUDA device" : $"torch finds {devices} CUDA devices, numbered from 0";
        if (!ContextSettings.FallbackToCpu(environment))
            throw new OptionException($"MLContext.GpuDeviceId = {index}",
                $"{problem}; set it to null for the CPU or FallbackToCpu to true, or use the CUDA build of torch (-p:TorchBackend=cuda).");
        using IChannel channel = messages.Start("Device");
        channel.Warning($"GpuDeviceId is {index}, but {problem}: the CPU serves instead.");
        return null;
    }
}
