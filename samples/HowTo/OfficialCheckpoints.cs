using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Weights;

namespace HowTo;

/// <summary>A labeller of res50_cam.pth and res50_irn.pth, which the published code writes; <c>irnet import</c> does the same.</summary>
internal static class OfficialCheckpoints
{
    public static void Run(string camFile, string irNetFile, string output, Recipe recipe)
    {
        // With StrideIn1x1 where the checkpoints' backbone strides in its first 1x1 convolutions.
        ResNetOptions shape = recipe.Cam.Backbone;
        using var cam = new CamNetwork(new ResNetBackbone(shape), VocDataSet.Classes.Count);
        using var irNet = new IrNetwork(new ResNetBackbone(shape));

        // The files hold each backbone weight under several names, and lookup tables: OfficialName says which entry counts as what.
        ModuleWeights.Load(cam, WeightFile.Read(camFile), CamNetwork.OfficialName).RequireComplete(camFile);
        ModuleWeights.Load(irNet, WeightFile.Read(irNetFile), IrNetwork.OfficialName).RequireComplete(irNetFile);

        string path = Path.Combine(output, "labeller.zip");
        new LabellerModel(cam, irNet, VocDataSet.Classes, new LabellerOptions()).Save(path);
        Console.WriteLine($"the labeller is {path}");
    }
}
