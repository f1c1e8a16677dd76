using Microsoft.ML.Data;

namespace Microsoft.ML.IrNet.Data;

/// <summary>Fills ML.NET's vectors.</summary>
internal static class VectorValues
{
    /// <summary>Makes a dense vector of the values, in the buffer's own memory where that is large enough.</summary>
    public static void Set<T>(ref VBuffer<T> buffer, ReadOnlySpan<T> values)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref buffer, values.Length);
        values.CopyTo(editor.Values);
        buffer = editor.Commit();
    }
}
