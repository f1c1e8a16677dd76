namespace Microsoft.ML.IrNet.Runs;

/// <summary>What stages are called on the screen and in metrics.json.</summary>
public static class RunStageTitles
{
    /// <summary>A stage's title, in lower case.</summary>
    public static string Title(this RunStage stage) => stage switch
    {
        RunStage.TrainCam => "train classifier",
        RunStage.InterPixelLabels => "activation maps and interpixel labels",
        RunStage.TrainIrNet => "train IRNet",
        _ => "label",
    };

    /// <summary>What a stage's progress counts.</summary>
    public static string Unit(this RunStage stage) => stage is RunStage.TrainCam or RunStage.TrainIrNet ? "steps" : "photographs";
}
