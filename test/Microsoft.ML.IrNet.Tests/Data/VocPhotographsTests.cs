using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Data;

public class VocPhotographsTests
{
    [SkippableFact]
    public void Real_photographs_have_the_tags_and_instances_that_are_listed_for_them()
    {
        string root = SharedFolder.Require("data", "voc12-sub");
        PhotographSet set = VocDataSet.Load(root, "train");
        Assert.Equal(466, set.Photographs.Count);
        Dictionary<string, string[]> listed = File.ReadLines(Path.Combine(root, "images.tsv")).Skip(1).Select(line => line.Split('\t')).ToDictionary(row => row[0]);
        Assert.All(set.Photographs, photograph =>
            Assert.Equal(listed[photograph.Name][5].Split(' ').Order(StringComparer.Ordinal), photograph.Tags.Select(tag => set.Classes[tag])));
        foreach (Photograph photograph in set.Photographs.Take(20))
        {
            ImageLabels labels = photograph.ReadGroundTruth!();
            Assert.Equal(listed[photograph.Name][4], labels.Instances.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Assert.All(labels.Instances, instance => Assert.Contains(instance.ClassIndex, photograph.Tags));
        }
    }
}
