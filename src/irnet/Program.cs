using IrNetTool;
using Microsoft.ML.IrNet.Interop;

NativeHeap.KeepFreed();
return await CommandLineTool.InvokeAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
