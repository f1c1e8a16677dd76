using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Segmentation;

/// <summary>The trainers that learn from masks, beside the others of <see cref="MulticlassClassificationCatalog"/>.</summary>
public static partial class SegmentationCatalog
{
    /// <summary>Trains Mask R-CNN on instances.</summary>
    /// <param name="catalog">The trainers of the context.</param>
    /// <param name="options">All that can be chosen; the author's recipe on the columns of the instance pseudo labels where null.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public static MaskRcnnEstimator MaskRcnn(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, MaskRcnnEstimatorOptions? options = null) =>
        new(Environment(catalog), options ?? new());

    /// <summary>Trains Mask R-CNN on instances by the author's recipe.</summary>
    /// <param name="catalog">The trainers of the context.</param>
    /// <param name="labelColumnName">Input: the class of each instance.</param>
    /// <param name="boundingBoxesColumnName">Input: the box of each instance.</param>
    /// <param name="masksColumnName">Input: the mask of each instance.</param>
    /// <param name="imageColumnName">Input: the photograph.</param>
    public static MaskRcnnEstimator MaskRcnn(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, string labelColumnName, string boundingBoxesColumnName, string masksColumnName,
        string imageColumnName = ColumnNames.Image) =>
        catalog.MaskRcnn(new MaskRcnnEstimatorOptions
        {
            LabelColumnName = labelColumnName,
            BoundingBoxesColumnName = boundingBoxesColumnName,
            MasksColumnName = masksColumnName,
            ImageColumnName = imageColumnName,
        });

    private static IHostEnvironment Environment(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return ContextSettings.GetEnvironment(catalog);
    }
}
