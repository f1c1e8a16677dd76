using Microsoft.ML.IrNet.Masks;
using Shapes;

namespace Microsoft.ML.IrNet.Tests.Samples;

public class ShapesDataSetTests
{
    private static readonly ShapesDataSet Shapes = new(60, seed: 3);

    [Fact]
    public void A_seed_names_one_series_whatever_its_length()
    {
        var shorter = new ShapesDataSet(5, seed: 3);
        var other = new ShapesDataSet(5, seed: 4);
        for (int n = 0; n < shorter.Count; n++)
        {
            Assert.Equal(Shapes.Load(n).Pixels, shorter.Load(n).Pixels);
            Assert.Equal(Shapes.Tags(n), shorter.Tags(n));
            Assert.NotEqual(Shapes.Load(n).Pixels, other.Load(n).Pixels);
        }
    }

    [Fact]
    public void Masks_are_disjoint_and_make_up_the_semantic_map()
    {
        for (int n = 0; n < Shapes.Count; n++)
        {
            ImageLabels truth = Shapes.Truth(n);
            Assert.InRange(truth.Instances.Count, 1, 4);
            var composed = new byte[truth.Semantic.Labels.Length];
            foreach (InstanceLabel instance in truth.Instances)
            {
                byte[] mask = instance.Mask.ToRowMajor();
                for (int p = 0; p < mask.Length; p++)
                    if (mask[p] != 0)
                    {
                        Assert.Equal(0, composed[p]);
                        composed[p] = (byte)(instance.ClassIndex + 1);
                    }
            }
            Assert.Equal(truth.Semantic.Labels, composed);
        }
    }

    [Fact]
    public void Tags_name_the_classes_of_the_objects()
    {
        for (int n = 0; n < Shapes.Count; n++)
        {
            Assert.Equal(Shapes.Truth(n).Instances.Select(instance => instance.ClassIndex).Distinct().Order(), Shapes.Tags(n));
            Assert.Equal((Shapes.Load(n).Height, Shapes.Load(n).Width), (Shapes.Truth(n).Semantic.Height, Shapes.Truth(n).Semantic.Width));
        }
        Assert.Equal(Enumerable.Range(0, ShapesDataSet.Classes.Count), Enumerable.Range(0, Shapes.Count).SelectMany(Shapes.Tags).Distinct().Order());
    }

    [Fact]
    public void Many_images_have_objects_of_one_class_that_touch()
    {
        int touching = Enumerable.Range(0, Shapes.Count).Count(n => Shapes.Truth(n).Instances
            .GroupBy(instance => instance.ClassIndex)
            .Any(group => group.Count() > 1 && Touch(group.ElementAt(0), group.ElementAt(1))));

        Assert.InRange(touching, Shapes.Count / 4, Shapes.Count * 3 / 4);
    }

    [Fact]
    public void Boxes_are_tight()
    {
        InstanceLabel instance = Shapes.Truth(0).Instances[0];
        byte[] mask = instance.Mask.ToRowMajor();
        int[] columns = [.. Enumerable.Range(0, mask.Length).Where(p => mask[p] != 0).Select(p => p % instance.Mask.Width)];
        int[] rows = [.. Enumerable.Range(0, mask.Length).Where(p => mask[p] != 0).Select(p => p / instance.Mask.Width)];

        Assert.Equal(new BoundingBox(columns.Min(), rows.Min(), columns.Max() + 1, rows.Max() + 1), instance.Box);
    }

    private static bool Touch(InstanceLabel one, InstanceLabel two)
    {
        byte[] first = one.Mask.ToRowMajor(), second = two.Mask.ToRowMajor();
        int width = one.Mask.Width;
        return Enumerable.Range(0, first.Length - width - 1).Any(p =>
            (first[p] & (second[p + 1] | second[p + width])) != 0 || (second[p] & (first[p + 1] | first[p + width])) != 0);
    }
}
