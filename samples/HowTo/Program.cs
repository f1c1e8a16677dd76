// How one thing each is done in C#, a class each. Without arguments it lists them:
//   dotnet run -c Release --project samples/HowTo -- own-photographs holiday out
using HowTo;
using Microsoft.ML.IrNet.Interop;

NativeHeap.KeepFreed();
return Examples.Run(args, Console.Error);
