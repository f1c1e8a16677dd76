namespace Microsoft.ML.IrNet.Labelling;

/// <summary>Checks of class indices that are to be written as bytes.</summary>
internal static class TagRange
{
    // 0 is background and 255 void; class index + 1 must fit between them.
    private const int Largest = 253;

    /// <exception cref="ArgumentException">A tag has no place in a semantic map, or is there twice.</exception>
    public static void Require(IReadOnlyList<int> tags, string parameter)
    {
        foreach (int tag in tags)
            if (tag is < 0 or > Largest)
                throw new ArgumentException($"class index {tag} is out of range; semantic maps hold 0 to {Largest}.", parameter);
        if (tags.Distinct().Count() != tags.Count)
            throw new ArgumentException($"a class index is there twice in {string.Join(", ", tags)}.", parameter);
    }
}
