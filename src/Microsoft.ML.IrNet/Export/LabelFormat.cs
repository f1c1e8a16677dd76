namespace Microsoft.ML.IrNet.Export;

/// <summary>A format of other tools, which labels can be taken to and from.</summary>
public enum LabelFormat
{
    /// <summary>An instances file of COCO, with masks as run lengths.</summary>
    Coco,

    /// <summary>A devkit of PASCAL VOC, with palette PNGs.</summary>
    Voc,

    /// <summary>Ultralytics' YOLO segmentation: a text file with a polygon a line for each photograph.</summary>
    Yolo,

    /// <summary>LabelMe: a JSON file for each photograph.</summary>
    LabelMe,

    /// <summary>CVAT for images 1.1: one XML file.</summary>
    Cvat,
}
