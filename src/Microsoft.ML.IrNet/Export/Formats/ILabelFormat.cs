namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>Writes and reads one format.</summary>
internal interface ILabelFormat
{
    /// <summary>What it has a place for, beside classes and masks.</summary>
    LabelContent Carries { get; }

    /// <summary>Whether photographs have plain names in one folder, without white space.</summary>
    bool HasPlainNames { get; }

    /// <summary>Where a photograph belongs, from the export's folder on.</summary>
    /// <param name="split">The list that it is in.</param>
    /// <param name="file">Its relative path.</param>
    string PhotographPath(string split, string file);

    /// <summary>Writes all labels; each photograph's are read once, in order.</summary>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    /// <exception cref="DataSetException">Labels are damaged, or there is something that the format cannot say.</exception>
    void Write(ExportJob job);

    /// <summary>Reads what is labelled; masks are decoded when they are asked for.</summary>
    /// <param name="path">The folder, or where the format has one its main file.</param>
    /// <param name="source">What else is known.</param>
    /// <exception cref="DataSetException">It is missing or damaged or contradicts itself.</exception>
    LabelSet Read(string path, ConversionSource source);
}
