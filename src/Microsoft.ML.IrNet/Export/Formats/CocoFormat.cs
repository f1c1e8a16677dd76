using System.Text.Json;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>
/// COCO's instances: <c>annotations/instances_SPLIT.json</c> and <c>images</c>. Masks are uncompressed run lengths, the form in which COCO's own files have them, and which its tools and those
/// built on them read whatever iscrowd is.
/// </summary>
internal sealed class CocoFormat : ILabelFormat
{
    public LabelContent Carries => LabelContent.Scores | LabelContent.Crowds | LabelContent.EmptyMasks;

    public bool HasPlainNames => false;

    public string PhotographPath(string split, string file) => $"images/{file}";

    public void Write(ExportJob job) =>
        AtomicFile.Write(job.Folder.At($"annotations/instances_{job.Split}.json"), stream =>
        {
            using var json = new Utf8JsonWriter(stream, CocoJson.Relaxed);
            json.WriteStartObject();
            json.WriteStartObject("info");
            json.WriteString("description", "Microsoft.ML.IrNet labels");
            json.WriteEndObject();
            json.WriteStartArray("licenses");
            json.WriteEndArray();
            json.WriteStartArray("categories");
            for (int i = 0; i < job.Classes.Count; i++)
            {
                json.WriteStartObject();
                json.WriteNumber("id", i + 1);
                json.WriteString("name", job.Classes[i]);
                json.WriteString("supercategory", "");
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("images");
            for (int i = 0; i < job.Photographs.Count; i++)
            {
                ExportedPhotograph photograph = job.Photographs[i];
                CocoJson.WriteImage(json, i + 1, photograph.Name, photograph.File, labelFile: null, photograph.Height, photograph.Width);
            }
            json.WriteEndArray();
            json.WriteStartArray("annotations");
            long id = 0;
            for (int i = 0; i < job.Photographs.Count; i++)
            {
                foreach (InstanceLabel instance in job.Photographs[i].Read().Instances)
                    CocoJson.WriteAnnotation(json, ++id, i + 1, instance, compressed: false);
                json.Flush();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });

    public LabelSet Read(string path, ConversionSource source)
    {
        string file = File.Exists(path) ? path : DataSets.CocoAnnotationFile(path, source.Split).File;
        LabelFolder labels = LabelFolder.Read(file);
        return new LabelSet(labels.Classes, [.. labels.Images.Select(image => new LabelledFile(RelativePath.Require(image.FileName, file), () =>
        {
            if (source.Images is not null)
                source.SizeOf(image.FileName, image.Height, image.Width, $"{file} photograph '{image.Name}'");
            ImageLabels found = labels.Photographs[image.Name]();
            return new FoundLabels(image.Height, image.Width, found.Instances) { Semantic = found.Semantic };
        })
        {
            Name = image.Name,
        })]);
    }
}
