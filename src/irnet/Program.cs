using IrNetTool;

return await CommandLineTool.InvokeAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
