namespace Microsoft.ML.IrNet.Notebooks;

/// <summary>.NET Interactive recognises this attribute by its name: it asks the source for formatters of the type that bears it. So nothing has to be referenced or registered.</summary>
/// <param name="formatterSourceType">A type with a method CreateTypeFormatters.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>What a notebook shows unless it is told otherwise.</summary>
    public string[] PreferredMimeTypes { get; set; } = ["text/html"];
}
