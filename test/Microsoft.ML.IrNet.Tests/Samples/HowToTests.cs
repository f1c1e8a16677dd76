using HowTo;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Runs;
using Microsoft.ML.IrNet.Tuning;
using Microsoft.ML.IrNet.Weights;
using Shapes;

namespace Microsoft.ML.IrNet.Tests.Samples;

/// <summary>Every example at work, on a few photographs.</summary>
[Collection("torch")]
public sealed class HowToTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _images = new();
    private readonly StringWriter _errors = new();

    private string Output => _folder.At("out");

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public void Own_photographs_then_Mask_RCNN_on_their_labels()
    {
        ToyData.WriteTagged(_images, 3);
        Run("own-photographs", _images.Root, Output);
        Assert.Equal(["toy0", "toy1", "toy2"], LabelFolder.Read(Output).Photographs.Keys);
        Assert.Equal(ToyData.Classes, LabellerModel.Load(Path.Combine(Output, "labeller.zip")).Classes);

        // What a network of one epoch finds may be nothing: drawn masks stand for its labels.
        var shapes = new ShapesDataSet(3, seed: 1);
        ShapesFolder.Write(shapes, _folder.At("shapes"));
        ShapesFolder.WriteMasks(shapes, _folder.At("masks"));
        Run("mask-rcnn", _folder.At("masks"), _folder.At("shapes"), Output);
        Assert.True(File.Exists(Path.Combine(Output, "maskrcnn.zip")));
    }

    [Fact]
    public void Voc()
    {
        ToyData.WithMasks(_images, 2);
        Run("voc", _images.Root, Output);
        Assert.Equal(VocDataSet.Classes, LabellerModel.Load(Path.Combine(Output, "labeller.zip")).Classes);
    }

    [Fact]
    public void Coco()
    {
        var shapes = new ShapesDataSet(2, seed: 1);
        ShapesFolder.Write(shapes, _images.Root);
        ShapesFolder.WriteMasks(shapes, _folder.At("masks"));
        Run("coco", _folder.At("masks", "annotations.json"), _images.Root, Output);
        Assert.Equal(ShapesDataSet.Classes, LabellerModel.Load(Path.Combine(Output, "labeller.zip")).Classes);
    }

    [Fact]
    public void Weights_from_a_file_or_by_name()
    {
        using var backbone = new ResNetBackbone(Recipe.Quick.Cam.Backbone with { Depth = ResNetDepth.ResNet34 });
        string path = _folder.At("resnet34.safetensors");
        SafeTensors.Write(path, ModuleWeights.Save(backbone));
        Run("imagenet-weights", "34", path);

        Assert.Equal(1, Examples.Run(["imagenet-weights", "50", path, "--quick"], _errors));
        Assert.Contains(path, _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Examples.Run(["imagenet-weights", "50", "resnet51"], _errors));
        Assert.Contains("known are resnet18", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Official_checkpoints()
    {
        using var cam = new CamNetwork(new ResNetBackbone(Recipe.Quick.Cam.Backbone), VocDataSet.Classes.Count);
        using var irNet = new IrNetwork(new ResNetBackbone(Recipe.Quick.Cam.Backbone));
        Run("official-checkpoints", WriteOfficial("cam.safetensors", cam), WriteOfficial("irn.safetensors", irNet), Output);

        LabellerModel model = LabellerModel.Load(Path.Combine(Output, "labeller.zip"));
        Assert.Equal(VocDataSet.Classes, model.Classes);
        Assert.Equal(ModuleWeights.Save(cam)["classifier.weight"].ToSingle(), ModuleWeights.Save(model.Cam)["classifier.weight"].ToSingle());
    }

    [Fact]
    public void A_backbone_of_ones_own_saves_and_loads()
    {
        ToyData.WriteTagged(_images, 2);
        Run("custom-backbone", _images.Root, Output);
        LabellerModel model = LabellerModel.Load(Path.Combine(Output, "labeller.zip"));
        Assert.IsType<PlainBackbone>(model.Cam.Backbone);
        // IRNet stands on what the classifier has learned.
        const string Weight = "backbone.stage4.conv.weight";
        Assert.Equal(ModuleWeights.Save(model.Cam)[Weight].ToSingle(), ModuleWeights.Save(model.IrNet)[Weight].ToSingle());
    }

    [Fact]
    public void Tuning()
    {
        ToyData.WriteTagged(_images, 2);
        string labeller = Microsoft.ML.IrNet.Tests.Networks.TinyNetworks.SaveLabeller(_folder.At("tiny.zip"), ToyData.Classes);
        Run("tuning", labeller, _images.Root, Output);
        TunedOptions tuned = TunedOptions.Load(Path.Combine(Output, "options.json"));
        LabellerOptions options = LabellerModel.Load(Path.Combine(Output, "labeller.zip")).Options;
        Assert.Equal(tuned.Labels, options.Instances.Labels);
        Assert.Equal(tuned.Labels, options.Semantic.Labels);
    }

    [Fact]
    public void Without_an_example_all_are_listed()
    {
        Assert.Equal(2, Examples.Run(["coco"], _errors));
        Assert.Contains("custom-backbone", _errors.ToString(), StringComparison.Ordinal);
    }

    private void Run(params string[] args)
    {
        int code = Examples.Run([.. args, "--quick"], _errors);
        Assert.Equal((0, ""), (code, _errors.ToString()));
    }

    /// <summary>Writes a network as the published code does: backbone weights under two more names, and lookup tables.</summary>
    private string WriteOfficial(string name, TorchSharp.torch.nn.Module network)
    {
        const string Ours = "backbone.";
        IEnumerable<StoredTensor> tensors = ModuleWeights.Save(network).Values.SelectMany(tensor => tensor.Name.StartsWith(Ours, StringComparison.Ordinal)
            ? new[] { tensor with { Name = $"resnet50.{tensor.Name[Ours.Length..]}" }, tensor with { Name = $"stage0.{tensor.Name[Ours.Length..]}" } }
            : [tensor]);
        string path = _folder.At(name);
        SafeTensors.Write(path, new StateDict([.. tensors, StoredTensor.FromSingle("path_indices_0", [2], [1, 2])]));
        return path;
    }
}
