using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Microsoft.ML.IrNet.Interop;

/// <summary>Folders that only the current user can write, fit to hold code and weights that this process will load.</summary>
[SupportedOSPlatform("linux")]
internal static partial class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Creates the folder with mode 0700 where it is missing, and makes sure that it is one, is the user's own, and is no link.</summary>
    /// <exception cref="TorchBackendException">The folder cannot be made, belongs to somebody else, or is open to others.</exception>
    public static void Ensure(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TorchBackendException(path, $"could not be created ({error.Message}); set XDG_CACHE_HOME to a folder of your own.", error);
        }
        var (owner, type, mode) = Status(path);
        if (type != DirectoryType || owner != EffectiveUser() || mode != OwnerOnly)
            throw new TorchBackendException(path,
                "must be a folder of your own with mode 0700, because native code is loaded from it; remove it or set XDG_CACHE_HOME to a folder of your own.");
    }

    /// <summary>Why others than the current user can change what is in a folder that exists; null where they cannot.</summary>
    public static string? OpenToOthers(string path)
    {
        (uint owner, _, UnixFileMode mode) = Status(path);
        return owner != EffectiveUser() ? "belongs to another user"
            : (mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0 ? "can be written to by other users"
            : null;
    }

    private const int DirectoryType = 0x4000, TypeMask = 0xf000, ModeMask = 0x1ff;
    private const int CurrentFolder = -100, NoFollow = 0x100;
    private const uint BasicStatus = 0x7ff;

    // statx has one layout on every architecture, unlike stat: the owner is at 20, type and mode at 28.
    private static unsafe (uint Owner, int Type, UnixFileMode Mode) Status(string path)
    {
        Span<byte> status = stackalloc byte[256];
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'), target = status)
        {
            if (StatusOf(CurrentFolder, name, NoFollow, BasicStatus, target) != 0)
                throw new TorchBackendException(path, $"its owner could not be read (error {Marshal.GetLastPInvokeError()}).");
        }
        int typeAndMode = MemoryMarshal.Read<ushort>(status[28..]);
        return (MemoryMarshal.Read<uint>(status[20..]), typeAndMode & TypeMask, (UnixFileMode)(typeAndMode & ModeMask));
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static unsafe partial int StatusOf(int folder, byte* path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
