using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Segmentation.Estimators;

namespace Microsoft.ML.IrNet.Segmentation;

public static partial class SegmentationCatalog
{
    /// <summary>Trains DeepLab on semantic maps.</summary>
    /// <param name="catalog">The trainers of the context.</param>
    /// <param name="options">All that can be chosen; the usual recipe on the column of the semantic pseudo labels where null.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public static DeepLabEstimator DeepLab(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, DeepLabEstimatorOptions? options = null) =>
        new(Environment(catalog), options ?? new());

    /// <summary>Trains DeepLab on semantic maps by the usual recipe.</summary>
    /// <param name="catalog">The trainers of the context.</param>
    /// <param name="labelColumnName">Input: the class of each pixel.</param>
    /// <param name="imageColumnName">Input: the photograph.</param>
    public static DeepLabEstimator DeepLab(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, string labelColumnName, string imageColumnName = ColumnNames.Image) =>
        catalog.DeepLab(new DeepLabEstimatorOptions { LabelColumnName = labelColumnName, ImageColumnName = imageColumnName });
}
