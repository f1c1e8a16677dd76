using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Tests.Data;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Training;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Runs;

/// <summary>Photographs of discs and squares as data sets on disk, and a run over them that takes seconds.</summary>
internal static class ToyData
{
    public static readonly string[] Classes = ["disc", "square"];

    /// <summary>A folder with tags.csv, half JPEG and half PNG.</summary>
    public static PhotographSet Tagged(TemporaryFolder folder, int count = 6)
    {
        WriteTagged(folder, count);
        return TagFolder.Load(folder.Root, folder.At("tags.csv"), Classes);
    }

    public static void WriteTagged(TemporaryFolder folder, int count = 6)
    {
        var images = new ToyImages(count);
        var rows = new List<string> { "path,tags" };
        for (int i = 0; i < count; i++)
        {
            string file = $"toy{i}.{(i % 2 == 0 ? "jpg" : "png")}";
            File.WriteAllBytes(folder.At(file), i % 2 == 0 ? PngFile.EncodeJpeg(images.Load(i)) : PngFile.Encode(images.Load(i)));
            rows.Add($"{file},{string.Join(';', images.Tags(i).Select(tag => Classes[tag]))}");
        }
        folder.Write("tags.csv", string.Join('\n', rows));
    }

    /// <summary>A VOC devkit with masks; its first two classes stand for disc and square.</summary>
    public static PhotographSet WithMasks(TemporaryFolder folder, int count = 6)
    {
        var images = new ToyImages(count);
        for (int i = 0; i < count; i++)
        {
            VocFolder.AddPhotograph(folder, images.Name(i), 48, 48, [.. images.Tags(i).Select(tag => VocDataSet.Classes[tag])]);
            File.WriteAllBytes(folder.At("JPEGImages", images.Name(i) + ".jpg"), PngFile.EncodeJpeg(images.Load(i)));
            VocFolder.AddMaps(folder, images.Name(i), images.Labels(i), images.Labels(i));
        }
        folder.Write("ImageSets/Segmentation/train.txt", string.Join('\n', Enumerable.Range(0, count).Select(images.Name)));
        return VocDataSet.Load(folder.Root, "train");
    }

    /// <summary>Three steps of each training on a network of a few thousand weights.</summary>
    public static LabellingRunOptions Options(string output) => new()
    {
        OutputFolder = output,
        Backbone = new ResNetOptions { Depth = ResNetDepth.ResNet18, BaseWidth = 4, Normalisation = Normalisation.BatchNorm },
        FrozenStages = 0,
        IrNetOnClassifierBackbone = true,
        CamTraining = new CamTrainingOptions { Epochs = 1, BatchSize = 2, CropSize = 64, ResizeLongMin = 48, ResizeLongMax = 64 },
        Cam = new CamOptions { Scales = [1] },
        IrNetTraining = new IrNetTrainingOptions { Epochs = 1, BatchSize = 2, CropSize = 64, Radius = 5 },
        IrNet = new IrNetInferenceOptions { Canvas = 64 },
        Seed = 3,
    };

    /// <summary>Cuts a photograph's file in half.</summary>
    public static void Truncate(Photograph photograph)
    {
        byte[] bytes = File.ReadAllBytes(photograph.Path);
        File.WriteAllBytes(photograph.Path, bytes[..(bytes.Length / 2)]);
    }

    /// <summary>The set with drawn masks of its second photograph replaced.</summary>
    public static PhotographSet WithTruthOfSecond(this PhotographSet data, ImageLabels truth) => data with
    {
        Photographs = [.. data.Photographs.Select((photograph, i) => i == 1 ? photograph with { ReadGroundTruth = () => truth } : photograph)],
    };
}
