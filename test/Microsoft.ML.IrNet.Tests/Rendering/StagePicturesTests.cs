using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Rendering;

namespace Microsoft.ML.IrNet.Tests.Rendering;

public class StagePicturesTests
{
    private static readonly RgbImage Photograph = Pictures.Noise(18, 13);

    [Fact]
    public void Every_stage_has_a_picture_of_the_photographs_size()
    {
        IReadOnlyList<StagePicture> pictures = StagePictures.Draw(Photograph, Maps(tags: [2, 4]), Nothing, truth: Nothing);

        Assert.Equal(
            ["photograph", "class activation map", "class boundary map", "displacement field", "instance masks", "semantic map", "ground truth"],
            pictures.Select(picture => picture.Caption));
        Assert.All(pictures, picture => Assert.Equal((18, 13), (picture.Image.Height, picture.Image.Width)));
    }

    [Fact]
    public void A_photograph_without_tags_and_truth_has_its_pictures() =>
        Assert.Equal(6, StagePictures.Draw(Photograph, Maps(tags: []), Nothing).Count);

    [Fact]
    public void Fragments_with_score_0_are_not_drawn()
    {
        var mask = new byte[18 * 13];
        mask.AsSpan(20, 5).Fill(1);
        var fragment = new InstanceLabel(0, 0, new BoundingBox(7, 1, 12, 2), RunLengthMask.FromRowMajor(18, 13, mask));

        IReadOnlyList<StagePicture> pictures = StagePictures.Draw(Photograph, Maps(tags: [0]), Nothing with { Instances = [fragment] });

        Assert.Equal(Photograph.Pixels, pictures.Single(picture => picture.Caption == "instance masks").Image.Pixels);
    }

    private static ImageLabels Nothing => new([], new LabelMap(18, 13, new byte[18 * 13]));

    private static NetworkMaps Maps(int[] tags) => new(18, 13, 5, 4, tags, new float[tags.Length * 20], new float[20], new float[40]);
}
