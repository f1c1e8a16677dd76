using System.Runtime.CompilerServices;
using Microsoft.ML.IrNet.Interop;

namespace Microsoft.ML.IrNet.Tests.Fixtures;

/// <summary>Every test that uses torch is in this collection, so that one at a time counts live tensors and holds the cores.</summary>
[CollectionDefinition("torch")]
[KeptTensors]
public sealed class TorchCollection
{
    // A test may touch torch before any type of the library: hook the native loading first.
    [ModuleInitializer]
    internal static void HookNativeLoading() => RuntimeHelpers.RunModuleConstructor(typeof(NativeTorch).Module.ModuleHandle);
}
