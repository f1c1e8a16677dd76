using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Seeds;

namespace Microsoft.ML.IrNet.Data;

/// <summary>
/// Data sets as data views with the columns ImagePath (text), Image (an MLImage of any size) and Tags (a key vector of any length, with the class names as KeyValues; left out where the set has no classes).
/// Where the set has drawn masks there are also Label, BoundingBoxes and Masks, an entry (four in BoundingBoxes) for each instance, SemanticLabel and ImageSize; see <see cref="Estimators.ColumnNames"/>.
/// They are lazy: an image is decoded when, and each time that, its value is asked for, and an image that cannot be decoded throws <see cref="ImageFileException"/> there. Masks are read
/// when the first of their columns is asked for, once a row.
/// </summary>
/// <remarks>
/// A photograph for which no masks are drawn has empty vectors in Label, BoundingBoxes, Masks and SemanticLabel. Groups too dense to be told apart (COCO's crowds) are in none of the first
/// three and are void in SemanticLabel.
/// </remarks>
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
        return new PhotographDataView(set, PhotographColumns.Of(set));
    }

    /// <summary>Shows a data set with class activation maps of another model: beside the columns of <see cref="LoadPhotographs"/> Seeds and SeedShape, which <c>SeedMaps</c> takes.</summary>
    /// <param name="catalog">The data of the context.</param>
    /// <param name="set">The photographs and their tags.</param>
    /// <param name="folder">NAME.npy of each photograph: float16, float32, float64 or uint8 of the shape [tags or classes, rows, columns].</param>
    /// <exception cref="DataSetException">A getter throws it for a file that is missing or damaged; names the file.</exception>
    public static IDataView LoadSeeds(this DataOperationsCatalog catalog, PhotographSet set, string folder)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new PhotographDataView(set, [.. PhotographColumns.Of(set), .. PhotographColumns.Seeds(new SeedFolder(folder))]);
    }

    /// <summary>
    /// Shows the photographs of a data set with their labels: beside the columns of <see cref="LoadPhotographs"/> those that the pseudo-label transformers write, PredictedLabel, Score,
    /// PredictedBoundingBoxes, PredictedMasks and SemanticMap, and ImageSize. Keys and maps are in the data set's classes, whatever order the labels have them in.
    /// </summary>
    /// <param name="catalog">The data of the context.</param>
    /// <param name="labelFolder">A label folder, as <see cref="LabelFolderWriter"/> and <c>irnet label</c> write it, a COCO annotation file or a COCO results file.</param>
    /// <param name="photographs">What was labelled; photographs that are not are left out, and a set without classes takes over those of the labels.</param>
    /// <exception cref="DataSetException">
    /// The labels are damaged, have a class that the data set has not, or are of none of its photographs. A getter throws it for labels that are damaged or of another size than their
    /// photograph; the message names the folder and the photograph.
    /// </exception>
    public static IDataView LoadLabels(this DataOperationsCatalog catalog, string labelFolder, PhotographSet photographs)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(labelFolder);
        ArgumentNullException.ThrowIfNull(photographs);
        var labels = new FolderLabels(labelFolder, photographs);
        return new PhotographDataView(labels.Photographs, PhotographColumns.Of(labels.Photographs, labels.Read));
    }
}
