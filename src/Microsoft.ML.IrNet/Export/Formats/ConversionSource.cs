namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>What is known beside the labels that are read.</summary>
/// <param name="Images">The photographs, where they were given.</param>
/// <param name="Split">The list to read; null for the only one there is, or else train.</param>
/// <param name="Losses">Where a format counts what it leaves out.</param>
internal sealed record ConversionSource(PhotographFolder? Images, string? Split, LossTally Losses)
{
    /// <summary>Makes sure that a stated size is that of the photograph, or at least one that a photograph may have.</summary>
    /// <param name="file">The photograph's relative path.</param>
    /// <param name="height">Stated rows; null where they are not stated.</param>
    /// <param name="width">Stated columns; null where they are not stated.</param>
    /// <param name="subject">What errors call the photograph.</param>
    /// <exception cref="DataSetException">It is not, or neither the size nor the photograph is known.</exception>
    /// <exception cref="ImageFileException">The photograph cannot be read.</exception>
    public (int Height, int Width) SizeOf(string file, int? height, int? width, string subject)
    {
        if (height is { } rows && width is { } columns)
            LabelFolder.RequireSize(rows, columns, subject);
        if (Images is null)
            return (height ?? throw Unknown(), width ?? throw Unknown());
        (int Height, int Width) seen = Images.SizeOf(file, subject);
        return (height ?? seen.Height, width ?? seen.Width) == seen
            ? seen
            : throw new DataSetException(subject, $"is stated to be {height} x {width} and the photograph is {seen.Height} x {seen.Width} (height x width); give the photographs that were labelled.");

        DataSetException Unknown() => new(subject, "states no size; give the folder of the photographs (--images).");
    }
}
