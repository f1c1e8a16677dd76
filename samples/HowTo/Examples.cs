using System.Globalization;
using Microsoft.ML.IrNet;

namespace HowTo;

/// <summary>Chooses an example by its name.</summary>
internal static class Examples
{
    private const string Usage = """
        own-photographs     FOLDER OUT              masks of the photographs of a folder with a tags.csv
        voc                 FOLDER OUT              the same of PASCAL VOC's layout, measured against its drawn masks
        coco                ANNOTATIONS FOLDER OUT  the same of COCO's layout
        imagenet-weights    DEPTH FILE|NAME         a backbone with weights from a file, or fetched by name
        official-checkpoints CAM IRNET OUT          a labeller from the checkpoints of the published code
        custom-backbone     FOLDER OUT              a backbone of one's own
        mask-rcnn           LABELS FOLDER OUT       Mask R-CNN, trained on a label folder
        tuning              LABELLER FOLDER OUT     thresholds that fit the photographs of a folder
        --quick             networks of some thousand weights and one epoch: shows that all fits together, and makes no masks worth having
        """;

    /// <summary>Runs an example.</summary>
    /// <returns>0, 1 for an error that the message explains, 2 for arguments that name no example.</returns>
    public static int Run(string[] args, TextWriter errors)
    {
        Recipe recipe = args.Contains("--quick") ? Recipe.Quick : Recipe.Published;
        try
        {
            switch (args.Where(argument => argument != "--quick").ToArray())
            {
                case ["own-photographs", var folder, var output]:
                    OwnPhotographs.Run(folder, output, recipe);
                    return 0;
                case ["voc", var folder, var output]:
                    Voc.Run(folder, output, recipe);
                    return 0;
                case ["coco", var annotations, var folder, var output]:
                    Coco.Run(annotations, folder, output, recipe);
                    return 0;
                case ["imagenet-weights", var depth, var weights]:
                    ImageNetWeights.Run(int.Parse(depth, CultureInfo.InvariantCulture), weights, recipe);
                    return 0;
                case ["official-checkpoints", var cam, var irNet, var output]:
                    OfficialCheckpoints.Run(cam, irNet, output, recipe);
                    return 0;
                case ["custom-backbone", var folder, var output]:
                    CustomBackbone.Run(folder, output, recipe);
                    return 0;
                case ["mask-rcnn", var labels, var folder, var output]:
                    MaskRcnnOnLabels.Run(labels, folder, output, recipe);
                    return 0;
                case ["tuning", var labeller, var folder, var output]:
                    Tuning.Run(labeller, folder, output, recipe);
                    return 0;
                default:
                    errors.WriteLine(Usage);
                    return 2;
            }
        }
        catch (IrNetException error)
        {
            // The message names what is wrong and what to do.
            errors.WriteLine(error.Message);
            return 1;
        }
    }
}
