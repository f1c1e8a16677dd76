using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Runs;

namespace IrNetTool.Progress;

/// <summary>What stages are called on the screen and in metrics.json.</summary>
internal static class StageText
{
    public static string Title(this RunStage stage) => stage switch
    {
        RunStage.TrainCam => "train classifier",
        RunStage.InterPixelLabels => "activation maps and interpixel labels",
        RunStage.TrainIrNet => "train IRNet",
        _ => "label",
    };

    public static string Unit(this RunStage stage) => stage is RunStage.TrainCam or RunStage.TrainIrNet ? "steps" : "photographs";
}
