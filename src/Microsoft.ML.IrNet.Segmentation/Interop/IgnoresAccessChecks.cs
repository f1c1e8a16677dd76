using System.Runtime.CompilerServices;

// As in Microsoft.ML.IrNet: saving a model into ML.NET's zip needs members that are internal there.
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]
