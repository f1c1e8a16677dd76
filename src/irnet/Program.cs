using IrNetTool;
using Microsoft.ML.IrNet.Interop;

NativeHeap.KeepFreed();
int code = await CommandLineTool.InvokeAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
// A step that takes longer than one waits for is given up, not ended.
if (code == ExitCode.Cancelled)
    AbruptEnd.Leave(code);
return code;
