namespace Microsoft.ML.IrNet.Data;

/// <summary>
/// Data sets as data views with the columns ImagePath (text), Image (an MLImage of any size) and Tags (a key vector of any length, with the class names as KeyValues; left out where the set has no classes).
/// They are lazy: an image is decoded when, and each time that, its value is asked for, and an image that cannot be decoded throws <see cref="ImageFileException"/> there.
/// </summary>
public static class DataCatalogExtensions
{
    /// <summary>Loads one split of a folder in PASCAL VOC's layout; see <see cref="VocDataSet.Load"/>.</summary>
    /// <exception cref="DataSetException">The layout, the split or an annotation is not as it should be.</exception>
    public static IDataView LoadVoc(this DataOperationsCatalog catalog, string root, string split = "train", VocOptions? options = null) =>
        catalog.LoadPhotographs(VocDataSet.Load(root, split, options));

    /// <summary>Loads a COCO annotation file and its images; see <see cref="CocoDataSet.Load"/>.</summary>
    /// <exception cref="DataSetException">The file is missing, damaged or contradicts itself, or no image exists.</exception>
    public static IDataView LoadCoco(this DataOperationsCatalog catalog, string annotationFile, string imageFolder) =>
        catalog.LoadPhotographs(CocoDataSet.Load(annotationFile, imageFolder));

    /// <summary>Loads a folder of images and the tags in its tags.csv, or in another file; see <see cref="TagFolder.Load"/>.</summary>
    /// <exception cref="DataSetException">The tags file is missing or broken, or no image exists.</exception>
    public static IDataView LoadTagFolder(
        this DataOperationsCatalog catalog, string imageFolder, string? tagsCsv = null, IReadOnlyList<string>? classes = null) =>
        catalog.LoadPhotographs(TagFolder.Load(imageFolder, tagsCsv ?? Path.Combine(imageFolder, "tags.csv"), classes));

    /// <summary>Shows a data set as a data view.</summary>
    public static IDataView LoadPhotographs(this DataOperationsCatalog catalog, PhotographSet set)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(set);
        return new PhotographDataView(set);
    }
}
