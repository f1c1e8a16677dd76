using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Evaluation;

public class InstanceErrorsTests
{
    private const int Cat = 0, Dog = 1;

    [Fact]
    public void A_mask_that_fits_is_right()
    {
        InstanceErrors errors = Between([Row(Cat, 0, 10)], [Row(Cat, 1, 10)]);
        Assert.Equal([InstanceError.None], errors.Drawn);
        Assert.Equal([InstanceError.None], errors.Found);
        Assert.Empty(errors.Kinds);
    }

    [Fact]
    public void One_mask_over_two_objects_of_a_class_merges_them() =>
        Assert.Equal([InstanceError.Merged, InstanceError.Merged], Between([Row(Cat, 0, 5), Row(Cat, 5, 10)], [Row(Cat, 0, 11)]).Drawn);

    [Fact]
    public void The_object_that_the_mask_fits_is_found_and_the_other_merged() =>
        Assert.Equal([InstanceError.None, InstanceError.Merged], Between([Row(Cat, 0, 8), Row(Cat, 8, 10)], [Row(Cat, 0, 10)]).Drawn);

    [Fact]
    public void Two_masks_within_one_object_split_it() =>
        Assert.Equal([InstanceError.Split], Between([Row(Cat, 0, 10)], [Row(Cat, 0, 4), Row(Cat, 5, 9)]).Drawn);

    [Fact]
    public void A_mask_of_another_class_is_named_so() =>
        Assert.Equal([InstanceError.WrongClass], Between([Row(Cat, 0, 10)], [Row(Dog, 0, 10)]).Drawn);

    [Fact]
    public void A_mask_that_fits_badly_is_loose() =>
        Assert.Equal([InstanceError.LooseMask], Between([Row(Cat, 0, 10)], [Row(Cat, 6, 12)]).Drawn);

    [Fact]
    public void An_object_without_mask_is_missed_and_a_mask_without_object_a_false_alarm()
    {
        InstanceErrors errors = Between([Row(Cat, 0, 5)], [Row(Cat, 10, 15)]);
        Assert.Equal([InstanceError.Missed], errors.Drawn);
        Assert.Equal([InstanceError.FalseAlarm], errors.Found);
    }

    [Fact]
    public void A_mask_below_the_score_is_not_there()
    {
        InstanceErrors errors = Between([Row(Cat, 0, 5)], [Row(Cat, 0, 5, score: 0.5f), Row(Dog, 10, 15, score: 0.2f)], minimumScore: 0.5f);
        Assert.Equal([InstanceError.Missed], errors.Drawn);
        Assert.Equal([InstanceError.None, InstanceError.None], errors.Found);
    }

    [Fact]
    public void A_crowd_has_no_error_and_excuses_what_lies_on_it()
    {
        InstanceErrors errors = Between([Row(Cat, 0, 20) with { IsCrowd = true }], [Row(Cat, 0, 2), Row(Dog, 4, 6)]);
        Assert.Empty(errors.Kinds);
    }

    [Fact]
    public void What_is_drawn_is_right_when_it_is_found_as_drawn() => Prop.ForAll(InstanceGenerators.Photographs, photographs =>
        photographs.All(photograph => InstanceErrors.Between(photograph.Truth, photograph.Truth).Kinds.Count == 0)).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_found_misses_everything() => Prop.ForAll(InstanceGenerators.Photographs, photographs =>
        photographs.All(photograph => InstanceErrors.Between(photograph.Truth, []).Drawn.All(error => error == InstanceError.Missed))).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_instance_has_one_verdict_and_right_masks_are_no_more_than_objects() => Prop.ForAll(InstanceGenerators.Photographs, photographs =>
        photographs.All(photograph =>
        {
            InstanceErrors errors = InstanceErrors.Between(photograph.Truth, photograph.Predictions);
            return errors.Drawn.Count == photograph.Truth.Length && errors.Found.Count == photograph.Predictions.Length
                && errors.Drawn.Count(error => error == InstanceError.None) <= photograph.Predictions.Count(found => found.Score > 0)
                && errors.Drawn.All(error => error != InstanceError.FalseAlarm)
                && errors.Found.All(error => error is InstanceError.None or InstanceError.FalseAlarm);
        })).QuickCheckThrowOnFailure();

    private static InstanceErrors Between(InstanceLabel[] drawn, InstanceLabel[] found, float minimumScore = 0) => InstanceErrors.Between(drawn, found, minimumScore);

    /// <summary>Pixels of a single row.</summary>
    private static InstanceLabel Row(int classIndex, int from, int to, float score = 1) =>
        MaskGenerators.Instance(classIndex, score, RunLengthMask.FromRowMajor(1, 20, [.. Enumerable.Range(0, 20).Select(x => (byte)(x >= from && x < to ? 1 : 0))]));
}
