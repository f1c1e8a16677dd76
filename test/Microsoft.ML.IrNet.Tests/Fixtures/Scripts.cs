using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Microsoft.ML.IrNet.Tests.Fixtures;

/// <summary>C# as notebooks and readers of the docs write it: statements, with all that the tests reference at hand.</summary>
internal static class Scripts
{
    /// <summary>Without any using: a script brings its own.</summary>
    public static ScriptOptions Options { get; } = ScriptOptions.Default
        .WithReferences(((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)))
        .WithLanguageVersion(LanguageVersion.Latest);

    /// <summary>What keeps a script from compiling, with file and line.</summary>
    public static IReadOnlyList<string> Errors(Script script) =>
        [.. script.Compile().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString())];
}
