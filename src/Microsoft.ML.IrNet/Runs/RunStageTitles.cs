using System.Text.Json;

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
        RunStage.MeanDisplacement => "mean displacement",
        RunStage.Label => "label",
        RunStage.Evaluate => "evaluate",
        RunStage.TrainMaskRcnn => "train Mask R-CNN",
        RunStage.TrainDeepLab => "train DeepLab",
        _ => "predict",
    };

    /// <summary>What a stage's progress counts.</summary>
    public static string Unit(this RunStage stage) => stage is RunStage.TrainCam or RunStage.TrainIrNet or RunStage.TrainMaskRcnn or RunStage.TrainDeepLab ? "steps" : "photographs";

    /// <summary>The title of the stage that metrics.json names so; the name itself where it is no stage's.</summary>
    internal static string TitleOfKey(string key) => Enum.GetValues<RunStage>().Where(stage => stage.Key() == key).Select(Title).FirstOrDefault(key);

    /// <summary>The name in metrics.json: trainCam, interPixelLabels, trainIrNet, meanDisplacement, label, evaluate, ...</summary>
    internal static string Key(this RunStage stage) => JsonNamingPolicy.CamelCase.ConvertName(stage.ToString());
}
