using System.CommandLine;

namespace IrNetTool.Commands;

/// <summary>Options that name something to read: checked before any work begins.</summary>
internal static class InputPath
{
    public static Option<T> MustBeFile<T>(this Option<T> option) where T : class? => option.Must(File.Exists, "file");

    public static Option<T> MustBeFolder<T>(this Option<T> option) where T : class? => option.Must(Directory.Exists, "folder");

    public static Option<T> MustExist<T>(this Option<T> option) where T : class? => option.Must(Path.Exists, "file or folder");

    private static Option<T> Must<T>(this Option<T> option, Func<string, bool> exists, string kind) where T : class?
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !exists(token.Value))
                result.AddError($"{option.Name}: there is no {kind} {token.Value}.");
        });
        return option;
    }
}
