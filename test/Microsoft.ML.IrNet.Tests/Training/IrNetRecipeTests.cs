using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Training;

public class IrNetRecipeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(466)]
    [InlineData(IrNetTrainingOptions.SmallSet)]
    public void Small_sets_have_their_own_recipe(int photographs)
    {
        IrNetTrainingOptions recipe = IrNetTrainingOptions.For(photographs);
        Assert.Same(IrNetTrainingOptions.ForSmallSet, recipe);
        recipe.Validate();
    }

    [Fact]
    public void Larger_sets_have_the_published_recipe() =>
        Assert.Equal(new IrNetTrainingOptions(), IrNetTrainingOptions.For(IrNetTrainingOptions.SmallSet + 1));
}
