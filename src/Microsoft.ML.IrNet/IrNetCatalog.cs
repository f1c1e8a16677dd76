using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet;

/// <summary>The front door: what this library adds to the transforms of an <see cref="MLContext"/>.</summary>
public static class IrNetCatalog
{
    /// <summary>Learns and computes class activation maps.</summary>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="options">All that can be chosen; the published recipe where null.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public static CamEstimator ClassActivationMaps(this TransformsCatalog catalog, CamEstimatorOptions? options = null) =>
        new(Environment(catalog), options ?? new());

    /// <summary>Learns and computes class activation maps by the published recipe.</summary>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="camColumnName">Output: the maps.</param>
    /// <param name="imageColumnName">Input: the photograph.</param>
    /// <param name="tagsColumnName">Input: the image-level labels.</param>
    public static CamEstimator ClassActivationMaps(
        this TransformsCatalog catalog, string camColumnName, string imageColumnName, string tagsColumnName = ColumnNames.Tags) =>
        catalog.ClassActivationMaps(new CamEstimatorOptions
        {
            CamColumnName = camColumnName,
            ImageColumnName = imageColumnName,
            TagsColumnName = tagsColumnName,
        });

    /// <summary>Takes class activation maps of any other model, in the columns Seeds and SeedShape, in place of those of <see cref="ClassActivationMaps(TransformsCatalog, CamEstimatorOptions)"/>.</summary>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="options">The columns; the usual ones where null.</param>
    public static SeedMapEstimator SeedMaps(this TransformsCatalog catalog, SeedMapOptions? options = null) => new(Environment(catalog), options ?? new());

    /// <summary>Learns and computes class boundaries and displacement fields.</summary>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="options">All that can be chosen; the published recipe where null.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public static IrNetEstimator InterPixelRelations(this TransformsCatalog catalog, IrNetEstimatorOptions? options = null) =>
        new(Environment(catalog), options ?? new());

    /// <summary>Learns and computes class boundaries and displacement fields by the published recipe.</summary>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="boundaryColumnName">Output: the probability of a class boundary.</param>
    /// <param name="displacementColumnName">Output: the displacement field.</param>
    /// <param name="imageColumnName">Input: the photograph.</param>
    /// <param name="tagsColumnName">Input of Fit: the tags of the maps.</param>
    public static IrNetEstimator InterPixelRelations(
        this TransformsCatalog catalog, string boundaryColumnName, string displacementColumnName, string imageColumnName = ColumnNames.Image, string tagsColumnName = ColumnNames.Tags) =>
        catalog.InterPixelRelations(new IrNetEstimatorOptions
        {
            BoundaryColumnName = boundaryColumnName,
            DisplacementColumnName = displacementColumnName,
            ImageColumnName = imageColumnName,
            TagsColumnName = tagsColumnName,
        });

    /// <summary>Makes instance labels of class activation maps, class boundaries and displacement fields.</summary>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="options">All that can be chosen; the published values where null.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public static InstancePseudoLabelEstimator InstancePseudoLabels(this TransformsCatalog catalog, InstancePseudoLabelOptions? options = null) =>
        new(Environment(catalog), options ?? new());

    /// <summary>Makes instance labels of class activation maps, class boundaries and displacement fields, with the published values.</summary>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="predictedLabelColumnName">Output: the class of each instance.</param>
    /// <param name="scoreColumnName">Output: the score of each instance.</param>
    /// <param name="predictedBoundingBoxesColumnName">Output: the box of each instance.</param>
    /// <param name="predictedMasksColumnName">Output: the mask of each instance.</param>
    public static InstancePseudoLabelEstimator InstancePseudoLabels(
        this TransformsCatalog catalog, string predictedLabelColumnName, string scoreColumnName,
        string predictedBoundingBoxesColumnName = ColumnNames.PredictedBoundingBoxes, string predictedMasksColumnName = ColumnNames.PredictedMasks) =>
        catalog.InstancePseudoLabels(new InstancePseudoLabelOptions
        {
            PredictedLabelColumnName = predictedLabelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedBoundingBoxesColumnName = predictedBoundingBoxesColumnName,
            PredictedMasksColumnName = predictedMasksColumnName,
        });

    /// <summary>Makes semantic maps of class activation maps and class boundaries.</summary>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="options">All that can be chosen; the published values where null.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public static SemanticPseudoLabelEstimator SemanticPseudoLabels(this TransformsCatalog catalog, SemanticPseudoLabelOptions? options = null) =>
        new(Environment(catalog), options ?? new());

    /// <summary>Makes semantic maps of class activation maps and class boundaries, with the published values.</summary>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="semanticMapColumnName">Output: the class of each pixel.</param>
    /// <param name="camColumnName">Input: class activation maps.</param>
    /// <param name="boundaryColumnName">Input: the probability of a class boundary.</param>
    public static SemanticPseudoLabelEstimator SemanticPseudoLabels(
        this TransformsCatalog catalog, string semanticMapColumnName, string camColumnName, string boundaryColumnName = ColumnNames.Boundary) =>
        catalog.SemanticPseudoLabels(new SemanticPseudoLabelOptions
        {
            SemanticMapColumnName = semanticMapColumnName,
            CamColumnName = camColumnName,
            BoundaryColumnName = boundaryColumnName,
        });

    /// <summary>Makes a labelling chain of networks that are trained already; it saves like a fitted one.</summary>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="cam">The classifier, which the chain owns from here on.</param>
    /// <param name="irNet">The network of boundaries and displacements, which the chain owns from here on.</param>
    /// <param name="classes">The names of the classifier's classes, in its order.</param>
    /// <param name="options">The options of each part; the published ones where null.</param>
    /// <exception cref="ArgumentException">There are not as many names as classes.</exception>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public static TransformerChain<ITransformer> CreateLabeller(
        this TransformsCatalog catalog, CamNetwork cam, IrNetwork irNet, IReadOnlyList<string> classes, LabellerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cam);
        ArgumentNullException.ThrowIfNull(irNet);
        ArgumentNullException.ThrowIfNull(classes);
        options ??= new LabellerOptions();
        IHostEnvironment environment = Environment(catalog);
        return new TransformerChain<ITransformer>(
            new CamTransformer(environment, cam, classes, options.Cam),
            new IrNetTransformer(environment, irNet, options.IrNet),
            new InstancePseudoLabelTransformer(environment, options.Instances),
            new SemanticPseudoLabelTransformer(environment, options.Semantic));
    }

    /// <summary>
    /// Saves a labeller, whole or not at all. <see cref="ModelOperationsCatalog.Save(ITransformer, DataViewSchema, string)"/> writes the same file, but leaves
    /// half of it where the disk is full.
    /// </summary>
    /// <param name="catalog">The models of the context.</param>
    /// <param name="labeller">A fitted chain, or one made by <see cref="CreateLabeller"/>.</param>
    /// <param name="inputSchema">The schema of the data it is for; null to save none.</param>
    /// <param name="path">The zip file.</param>
    /// <exception cref="OutputException">The file could not be written, or a backbone of one's own cannot be saved.</exception>
    public static void SaveLabeller(this ModelOperationsCatalog catalog, ITransformer labeller, DataViewSchema? inputSchema, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(labeller);
        LabellerFile.Save(catalog, labeller, inputSchema, path);
    }

    /// <summary>
    /// Loads a labeller. <see cref="ModelOperationsCatalog.Load(string, out DataViewSchema)"/> loads the same files, but wraps what is wrong with one into
    /// "Error during class instantiation".
    /// </summary>
    /// <param name="catalog">The models of the context.</param>
    /// <param name="path">The zip file.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged, no model, or a model without class activation maps or boundaries and displacements.</exception>
    public static ITransformer LoadLabeller(this ModelOperationsCatalog catalog, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return LabellerFile.Load(catalog, path);
    }

    private static IHostEnvironment Environment(TransformsCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return ContextSettings.GetEnvironment(catalog);
    }
}
