using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Segmentation.Networks;

namespace Microsoft.ML.IrNet.Segmentation.Runs;

/// <summary>Students in zip files, which <c>mlContext.Model.Load</c> reads too.</summary>
public static class StudentFile
{
    /// <summary>Saves a student, whole or not at all.</summary>
    /// <param name="student">The trained network.</param>
    /// <param name="path">The zip file.</param>
    /// <exception cref="OutputException">The file could not be written, or a backbone of one's own cannot be saved.</exception>
    public static void Save(StudentTransformer student, string path)
    {
        ArgumentNullException.ThrowIfNull(student);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var context = new MLContext();
        DataViewSchema schema = context.Data.LoadPhotographs(new PhotographSet(student.Classes, [])).Schema;
        AtomicFile.Write(path, stream => ModelZip.Write(context.Model, student, schema, stream));
    }

    /// <summary>Loads a student.</summary>
    /// <param name="context">Its device, and where messages go.</param>
    /// <param name="path">The zip file.</param>
    /// <param name="minimumScore">Objects must be surer than this, 0 to below 1; null for what the model was saved with. Of Mask R-CNN only.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged, no model, or a model without a student.</exception>
    /// <exception cref="OptionException">The score is out of range, or the student is a DeepLab, whose maps have none.</exception>
    public static StudentTransformer Load(MLContext context, string path, float? minimumScore = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrEmpty(path);
        StudentTransformer student = ModelFile.Parts(ModelFile.Load(context.Model, path)).OfType<StudentTransformer>().FirstOrDefault()
            ?? throw new ModelFileException(path, "has no Mask R-CNN and no DeepLab; use a model of 'irnet train-student', or one that MaskRcnn or DeepLab was fitted for.");
        try
        {
            return (student, minimumScore) switch
            {
                (_, null) => student,
                (MaskRcnnTransformer maskRcnn, { } score) => maskRcnn.With(maskRcnn.Options.Inference with { MinimumScore = score }),
                _ => throw new OptionException(nameof(MaskRcnnInferenceOptions.MinimumScore), $"means nothing to the DeepLab in {path}, whose maps have no scores; leave it out."),
            };
        }
        catch
        {
            student.Dispose();
            throw;
        }
    }
}
