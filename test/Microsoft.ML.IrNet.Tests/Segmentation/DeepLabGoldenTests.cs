using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

[Collection("torch")]
[KeptTensors]
public sealed class DeepLabGoldenTests
{
    [SkippableFact]
    public void Names_and_shapes_are_those_of_the_reference()
    {
        using DeepLabNetwork network = Network();
        KeyList.AssertSame(KeyList.DeepLab, network);
    }

    [SkippableFact]
    public void Evaluation_agrees_stage_by_stage()
    {
        var golden = new GoldenSet("students/net_deeplab_eval");
        using DeepLabNetwork network = FormulaWeights.Fill(Network());
        network.eval();
        using var guard = no_grad();
        Tensor image = Image(golden, "image");
        Tensor[] taps = network.Backbone.forward(image);
        RecordedTensors.AssertMap(golden, "layer3", taps[3]);
        RecordedTensors.AssertMap(golden, "layer4", taps[4]);
        foreach (int branch in new[] { 1, 3, 4 })
            RecordedTensors.AssertMap(golden, $"aspp_branch{branch}", network.Pyramid!.Branch(branch, taps[4]));
        RecordedTensors.AssertMap(golden, "aspp", network.Pyramid!.forward(taps[4]));
        RecordedTensors.AssertClose(golden.Read<float>("low_out"), network.Logits(taps[4]), 1e-4f);
        RecordedTensors.AssertClose(golden.Read<float>("low_aux"), network.AuxiliaryLogits(taps[3]), 1e-4f);

        (Tensor logits, Tensor? auxiliary) = network.forward(image);
        RecordedTensors.AssertClose(golden.Read<float>("out"), logits, 1e-4f);
        RecordedTensors.AssertClose(golden.Read<float>("aux"), auxiliary!, 1e-4f);
        byte[] classes = golden.Read<byte>("argmax");
        byte[] actual = logits.argmax(1).to(ScalarType.Byte).data<byte>().ToArray();
        Assert.InRange(classes.Zip(actual).Count(pair => pair.First != pair.Second), 0, 3);
    }

    [SkippableFact]
    public void Losses_and_gradients_agree()
    {
        var golden = new GoldenSet("students/net_deeplab_train");
        using DeepLabNetwork network = FormulaWeights.Fill(Network());
        // Recorded with batch norms and dropout in evaluation.
        network.eval();
        Tensor images = cat([Image(golden, "image_0"), Image(golden, "image_1")]);
        Tensor targets = tensor(golden.Read<byte>("target"), golden.Shape("target").Select(size => (long)size).ToArray()).to(ScalarType.Int64);
        DeepLabLosses losses = DeepLabTrainer.Backward(network, images, targets, auxiliaryWeight: 0.5);
        float[] expected = golden.Read<float>("losses");
        Assert.Equal(expected[0], losses.Main, 1e-4f * expected[0]);
        Assert.Equal(expected[1], losses.Auxiliary, 1e-4f * expected[1]);
        Assert.Equal(expected[2], losses.Main + 0.5f * losses.Auxiliary, 1e-4f * expected[2]);

        RecordedTensors.AssertGradients(golden, network);
    }

    private static DeepLabNetwork Network() => new(new ResNetBackbone(DeepLabNetwork.Shape), classes: 3);

    private static Tensor Image(GoldenSet golden, string name) => ImageTensor.Normalised(RecordedTensors.Image(golden, name), CPU);
}
