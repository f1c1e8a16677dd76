namespace ObjectDetection;

/// <summary>What the detector finds in a photograph.</summary>
internal sealed class Detections
{
    public string ImagePath { get; set; } = "";

    public string[] DetectedName { get; set; } = [];

    public float[] DetectedScore { get; set; } = [];

    public float[] DetectedBoxes { get; set; } = [];
}
