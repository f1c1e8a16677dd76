using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Training;

public class CamRecipeTests
{
    [Theory]
    [InlineData(0, 20)]
    [InlineData(1, 20)]
    [InlineData(20, 40)]
    [InlineData(100, 100)]
    [InlineData(CamTrainingOptions.SmallSet - 1, 195)]
    public void Small_sets_have_more_steps_of_smaller_batches(int photographs, int steps)
    {
        CamTrainingOptions recipe = CamTrainingOptions.For(photographs);
        Assert.Equal(new CamTrainingOptions { BatchSize = 8, Steps = steps }, recipe);
        recipe.Validate();
    }

    [Fact]
    public void Epochs_are_of_the_published_recipe() => Assert.Equal(new CamTrainingOptions { Epochs = 7 }, CamTrainingOptions.For(9, epochs: 7));

    [Fact]
    public void Larger_sets_have_the_published_recipe() => Assert.Equal(new CamTrainingOptions(), CamTrainingOptions.For(CamTrainingOptions.SmallSet));
}
