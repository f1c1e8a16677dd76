using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Publicizer;

/// <summary>Widens the accessibility bits in an assembly's metadata tables, in place.</summary>
internal static class PublicMetadata
{
    // Polyfills of the framework's own types (NotNullWhenAttribute and such) would clash with the real ones if they became public.
    private const string OwnNamespace = "Microsoft.ML";

    public static void Open(byte[] assembly)
    {
        using var portable = new PEReader(new MemoryStream(assembly, writable: false));
        MetadataReader reader = portable.GetMetadataReader();
        var widened = new HashSet<TypeDefinitionHandle>();
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            TypeDefinition type = reader.GetTypeDefinition(handle);
            if (!reader.GetString(Outermost(reader, type).Namespace).StartsWith(OwnNamespace, StringComparison.Ordinal))
                continue;
            // The rows begin with Flags (II.22.37); Method rows have them at 6 (II.22.26), Field rows at 0 (II.22.15).
            Widen(assembly, Row(portable, reader, TableIndex.TypeDef, MetadataTokens.GetRowNumber(handle)), TypeVisibility);
            foreach (MethodDefinitionHandle method in type.GetMethods())
                Widen(assembly, Row(portable, reader, TableIndex.MethodDef, MetadataTokens.GetRowNumber(method)) + 6, MemberAccess);
            foreach (FieldDefinitionHandle field in type.GetFields())
                Widen(assembly, Row(portable, reader, TableIndex.Field, MetadataTokens.GetRowNumber(field)), MemberAccess);
        }
    }

    private static TypeDefinition Outermost(MetadataReader reader, TypeDefinition type)
    {
        while (!type.GetDeclaringType().IsNil)
            type = reader.GetTypeDefinition(type.GetDeclaringType());
        return type;
    }

    private static int Row(PEReader portable, MetadataReader reader, TableIndex table, int number) =>
        portable.PEHeaders.MetadataStartOffset + reader.GetTableMetadataOffset(table) + (number - 1) * reader.GetTableRowSize(table);

    private static void Widen(byte[] assembly, int offset, Func<int, int> widen)
    {
        Span<byte> flags = assembly.AsSpan(offset, 2);
        ushort value = BinaryPrimitives.ReadUInt16LittleEndian(flags);
        BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)((value & ~7) | widen(value & 7)));
    }

    private static int TypeVisibility(int visibility) => (int)((TypeAttributes)visibility switch
    {
        TypeAttributes.NotPublic => TypeAttributes.Public,
        TypeAttributes.NestedAssembly or TypeAttributes.NestedFamANDAssem or TypeAttributes.NestedFamORAssem => TypeAttributes.NestedPublic,
        var same => same,
    });

    // What is "private protected" stays overridable as "protected"; private members stay private.
    private static int MemberAccess(int access) => (int)((MethodAttributes)access switch
    {
        MethodAttributes.FamANDAssem => MethodAttributes.Family,
        MethodAttributes.Assembly or MethodAttributes.FamORAssem => MethodAttributes.Public,
        var same => same,
    });
}
