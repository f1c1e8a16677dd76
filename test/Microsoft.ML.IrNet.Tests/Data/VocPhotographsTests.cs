using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Data;

public class VocPhotographsTests
{
    [SkippableFact]
    public void Reads_real_photographs_tags_and_masks()
    {
        string root = SharedFolder.Require("data", "voc12-sub");
        PhotographSet set = VocDataSet.Load(root, "train");
        Assert.Equal(466, set.Photographs.Count);
        foreach (Photograph photograph in set.Photographs.Concat(VocDataSet.Load(root, "val").Photographs))
        {
            ImageLabels labels = photograph.ReadGroundTruth!();
            Assert.All(labels.Instances, instance => Assert.Contains(instance.ClassIndex, photograph.Tags));
        }
    }
}
