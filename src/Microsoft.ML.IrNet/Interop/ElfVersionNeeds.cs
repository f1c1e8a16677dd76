using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.IrNet.Interop;

/// <summary>The symbol versions an ELF library (64 bits, little-endian) demands of the libraries it is linked to: its section SHT_GNU_verneed.</summary>
internal static class ElfVersionNeeds
{
    private const uint SectionOfVersionNeeds = 0x6ffffffe;
    private const ushort WeakFlag = 2;

    /// <summary>Marks the demand for one version as weak, so that the loader does not refuse the library over it.</summary>
    /// <returns>False where the library does not demand that version.</returns>
    /// <exception cref="InvalidDataException">The bytes are no such ELF file.</exception>
    public static bool Weaken(Span<byte> library, string version)
    {
        if (library.Length < 64 || !library[..6].SequenceEqual("\u007fELF\u0002\u0001"u8))
            throw new InvalidDataException("no 64-bit little-endian ELF file");
        try
        {
            return WeakenIn(library, Encoding.ASCII.GetBytes(version));
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("a truncated ELF file", error);
        }
    }

    private static bool WeakenIn(Span<byte> library, ReadOnlySpan<byte> version)
    {
        int sections = Offset(library, 0x28);
        int sectionSize = Half(library, 0x3a), sectionCount = Half(library, 0x3c);
        bool found = false;
        for (int index = 0; index < sectionCount; index++)
        {
            int section = checked(sections + index * sectionSize);
            if (Word(library, section + 4) != SectionOfVersionNeeds)
                continue;
            int names = Offset(library, checked(sections + (int)Word(library, section + 0x28) * sectionSize) + 0x18);
            int need = Offset(library, section + 0x18);
            for (uint left = Word(library, section + 0x2c); left > 0; left--)
            {
                int entry = checked(need + (int)Word(library, need + 8));
                for (int count = Half(library, need + 2); count > 0; count--)
                {
                    if (NameAt(library, checked(names + (int)Word(library, entry + 8))).SequenceEqual(version))
                    {
                        Span<byte> flags = library.Slice(entry + 4, 2);
                        BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakFlag));
                        found = true;
                    }
                    entry = checked(entry + (int)Word(library, entry + 12));
                }
                need = checked(need + (int)Word(library, need + 12));
            }
        }
        return found;
    }

    private static ReadOnlySpan<byte> NameAt(ReadOnlySpan<byte> library, int offset)
    {
        ReadOnlySpan<byte> rest = library[offset..];
        return rest[..rest.IndexOf((byte)0)];
    }

    private static ushort Half(ReadOnlySpan<byte> library, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(library[offset..]);

    private static uint Word(ReadOnlySpan<byte> library, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(library[offset..]);

    private static int Offset(ReadOnlySpan<byte> library, int offset) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(library[offset..]));
}
