using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Seeds;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.IrNet.Data;

/// <summary>What photographs and their labels are shown as.</summary>
internal static class PhotographColumns
{
    private static readonly Func<Photograph, ImageLabels?> Truth = photograph => photograph.ReadGroundTruth?.Invoke();

    /// <summary>The photographs and their tags, the drawn masks where there are any, and labels where they are given.</summary>
    /// <param name="set">The photographs.</param>
    /// <param name="labels">Reads the labels of a photograph in the set's classes.</param>
    public static IReadOnlyList<PhotographColumn> Of(PhotographSet set, Func<Photograph, ImageLabels?>? labels = null)
    {
        List<PhotographColumn> columns = [ImagePath(), Image()];
        // A key type needs at least one key.
        if (set.Classes.Count == 0)
            return columns;
        columns.Add(Tags(set.Classes));
        if (set.HasGroundTruth)
            columns.AddRange([.. Instances(Truth,
                    InstanceOutput.Labels(ColumnNames.Label, set.Classes),
                    InstanceOutput.Boxes(ColumnNames.BoundingBoxes),
                    InstanceOutput.Masks(ColumnNames.Masks)),
                Semantic(ColumnNames.SemanticLabel, Truth)]);
        if (labels is not null)
            columns.AddRange([.. Instances(labels, InstanceOutput.Found(
                    ColumnNames.PredictedLabel, ColumnNames.Score, ColumnNames.PredictedBoundingBoxes, ColumnNames.PredictedMasks, set.Classes)),
                Semantic(ColumnNames.SemanticMap, labels)]);
        // Run lengths mean nothing without the size of their mask.
        if (set.HasGroundTruth || labels is not null)
            columns.Add(ImageSize());
        return columns;
    }

    /// <summary>Class activation maps of another model, and their shape.</summary>
    public static IEnumerable<PhotographColumn> Seeds(SeedFolder folder)
    {
        // One delegate for both columns: a file is read once a row.
        Func<Photograph, NpyArray> read = folder.Read;
        return
        [
            new(new(ColumnNames.Seeds, new VectorDataViewType(NumberDataViewType.Single)), cursor =>
            {
                Func<NpyArray> seeds = cursor.ReadOnce(read);
                return Getters.Vector(() => seeds().Values);
            }),
            new(new(ColumnNames.SeedShape, new VectorDataViewType(NumberDataViewType.Int32, 3)), cursor =>
            {
                Func<NpyArray> seeds = cursor.ReadOnce(read);
                return Getters.Vector(() => seeds().Shape is { Length: 3 } shape
                    ? shape
                    : throw new DataSetException(folder.PathOf(cursor.Current), "has another number of axes than three; expected [tags or classes, rows, columns]."));
            }),
        ];
    }

    private static PhotographColumn ImagePath() => new(new(ColumnNames.ImagePath, TextDataViewType.Instance),
        cursor => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = cursor.Current.Path.AsMemory()));

    // The image handed in is not disposed: whoever asked for it may still hold it.
    private static PhotographColumn Image() => new(new(ColumnNames.Image, new ImageDataViewType()),
        cursor => (ValueGetter<MLImage>)((ref MLImage value) => value = MLImagePixels.ToMLImage(ImageFile.Read(cursor.Current.Path))));

    private static PhotographColumn Tags(IReadOnlyList<string> classes) => new(
        new(ColumnNames.Tags, ClassAnnotations.KeyVector(classes), ClassAnnotations.Create(ClassAnnotations.KeyValues, classes)),
        cursor => Getters.Vector(() => cursor.Current.Tags.Select(tag => (uint)tag + 1).ToArray()));

    private static PhotographColumn ImageSize() => new(new(ColumnNames.ImageSize, new VectorDataViewType(NumberDataViewType.Int32, 2)),
        cursor => Getters.Vector(() =>
        {
            (int height, int width) = ImageFile.ReadSize(cursor.Current.Path);
            return new[] { height, width };
        }));

    private static PhotographColumn Semantic(string name, Func<Photograph, ImageLabels?> read) => new(
        new(name, new VectorDataViewType(NumberDataViewType.Byte)), cursor =>
        {
            Func<ImageLabels?> labels = cursor.ReadOnce(read);
            return Getters.Vector(() => labels()?.Semantic.Labels ?? []);
        });

    private static IEnumerable<PhotographColumn> Instances(Func<Photograph, ImageLabels?> read, params InstanceOutput[] outputs) =>
        outputs.Select(output => new PhotographColumn(output.Column, cursor =>
        {
            Func<ImageLabels?> labels = cursor.ReadOnce(read);
            return output.Open(() => [.. labels()?.Instances.Where(instance => !instance.IsCrowd) ?? []]);
        }));
}
