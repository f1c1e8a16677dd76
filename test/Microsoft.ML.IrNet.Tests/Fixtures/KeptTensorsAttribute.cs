using System.Reflection;
using TorchSharp;
using Xunit.Sdk;

namespace Microsoft.ML.IrNet.Tests.Fixtures;

/// <summary>Keeps every tensor of a test until its end. Without, the collector may free one during the native call that uses it last, and the process dies.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeptTensorsAttribute : BeforeAfterTestAttribute
{
    private DisposeScope? _scope;

    public override void Before(MethodInfo methodUnderTest) => _scope = torch.NewDisposeScope();

    public override void After(MethodInfo methodUnderTest) => _scope?.Dispose();
}
