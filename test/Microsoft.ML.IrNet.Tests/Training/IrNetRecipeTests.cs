using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Training;

public class IrNetRecipeTests
{
    [Theory]
    [InlineData(0, 50)]
    [InlineData(1, 50)]
    [InlineData(9, 100)]
    [InlineData(466, 1000)]
    [InlineData(IrNetTrainingOptions.SmallSet, 1000)]
    public void Small_sets_have_their_own_recipe_of_up_to_fifty_rounds(int photographs, int steps)
    {
        IrNetTrainingOptions recipe = IrNetTrainingOptions.For(photographs);
        Assert.Equal(IrNetTrainingOptions.ForSmallSet with { Steps = steps }, recipe);
        recipe.Validate();
    }

    [Fact]
    public void Epochs_are_of_the_published_recipe() => Assert.Equal(new IrNetTrainingOptions { Epochs = 7 }, IrNetTrainingOptions.For(9, epochs: 7));

    [Fact]
    public void Larger_sets_have_the_published_recipe() =>
        Assert.Equal(new IrNetTrainingOptions(), IrNetTrainingOptions.For(IrNetTrainingOptions.SmallSet + 1));
}
