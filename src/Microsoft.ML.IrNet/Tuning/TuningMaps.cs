using System.Runtime.InteropServices;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tuning;

/// <summary>Computes what the networks say of photographs, once: it stays in a folder, and later trials with the same model read it from there.</summary>
internal sealed class TuningMaps : IDisposable
{
    private readonly string _folder;
    private readonly PhotographFiles _files;
    private readonly LabellerModel _model;
    private readonly ClassActivationMapper _cams;
    private readonly BoundaryDisplacementMapper _fields;

    /// <param name="cacheFolder">Where maps are kept, by model.</param>
    /// <param name="data">The photographs.</param>
    /// <param name="model">The networks.</param>
    /// <param name="device">Where they run.</param>
    public TuningMaps(string cacheFolder, PhotographSet data, LabellerModel model, torch.Device device)
    {
        string identity = LineDigest.Of([
            RunIdentity.Of(model.Cam), RunIdentity.Of(model.IrNet), RunIdentity.Of(data.Photographs), RunIdentity.OfFiles(data.Photographs), RunIdentity.Of(device),
            .. NamedOptions.Of(new { Cam = model.Options.Cam.Maps, model.Options.Cam.TagThreshold, IrNet = model.Options.IrNet.Maps }).Select(option => $"{option.Key}={option.Value}"),
        ])[..16];
        (_folder, _files, _model) = (Path.Combine(cacheFolder, identity), new PhotographFiles(data), model);
        _cams = new ClassActivationMapper(model.Cam, model.Options.Cam.Maps, device);
        _fields = new BoundaryDisplacementMapper(model.IrNet, model.Options.IrNet.Maps, device);
    }

    /// <summary>The maps of a photograph. Where it has no tags, they are of the classes that the classifier finds.</summary>
    /// <exception cref="ImageFileException">The photograph cannot be read.</exception>
    /// <exception cref="NumericException">A map is not finite.</exception>
    /// <exception cref="OutputException">The maps cannot be kept.</exception>
    public TuningSample Of(Photograph photograph)
    {
        string path = Path.Combine(_folder, _files.Of(photograph.Name) + ".safetensors");
        RgbImage image = ImageFile.Read(photograph.Path);
        if (!File.Exists(path))
            Write(path, image, photograph);
        StateDict tensors = SafeTensors.Read(path);
        (int rows, int columns) = ((image.Height + 3) / 4, (image.Width + 3) / 4);
        int[] tags = MemoryMarshal.Cast<byte, int>(tensors["tags"].Data.Span).ToArray();
        var maps = new NetworkMaps(image.Height, image.Width, rows, columns, tags, tensors["cam"].ToSingle(), tensors["boundary"].ToSingle(), tensors["displacement"].ToSingle());
        return new TuningSample(photograph, image, maps, tensors["camFullResolution"].ToSingle(), RunChecks.GroundTruth(photograph, image, _model.Classes.Count));
    }

    /// <summary>Releases the folded copies of the networks.</summary>
    public void Dispose()
    {
        _cams.Dispose();
        _fields.Dispose();
    }

    private void Write(string path, RgbImage image, Photograph photograph)
    {
        ClassActivation activation = _cams.Compute(image, photograph.Tags.Count > 0 ? photograph.Tags : null, fullResolution: true, _model.Options.Cam.TagThreshold);
        BoundaryDisplacement field = _fields.Compute(image);
        int[] tags = activation.Tags;
        SafeTensors.Write(path, new StateDict([
            new StoredTensor("tags", StoredType.I32, [tags.Length], MemoryMarshal.AsBytes<int>(tags).ToArray()),
            StoredTensor.FromSingle("cam", [tags.Length, activation.Rows, activation.Columns], activation.Cam),
            StoredTensor.FromSingle("camFullResolution", [tags.Length, image.Height, image.Width], activation.FullResolution),
            StoredTensor.FromSingle("boundary", [activation.Rows, activation.Columns], field.Boundary),
            StoredTensor.FromSingle("displacement", [2, activation.Rows, activation.Columns], field.Displacement),
        ]));
    }
}
