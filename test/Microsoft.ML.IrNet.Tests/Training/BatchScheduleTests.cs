using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Training;

public class BatchScheduleTests
{
    [Fact]
    public void An_epoch_shows_each_photograph_once_and_drops_the_incomplete_batch()
    {
        var schedule = new BatchSchedule(10, 3, 2, null, seed: 1);
        Assert.Equal((3, 6L, 2), (schedule.StepsPerEpoch, schedule.Steps, schedule.Epochs));
        int[][] epochs = [.. Enumerable.Range(0, 2).Select(epoch => Enumerable.Range(3 * epoch, 3).SelectMany(step => schedule.Batch(step)).ToArray())];
        foreach (int[] seen in epochs)
            Assert.Equal(9, seen.Distinct().Count());
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.Equal([false, false, true, false, false, true], Enumerable.Range(0, 6).Select(step => schedule.EndsEpoch(step)));
    }

    [Fact]
    public void Order_depends_on_seed_and_step_only()
    {
        var forward = new BatchSchedule(20, 4, 3, null, seed: 5);
        var backward = new BatchSchedule(20, 4, 3, null, seed: 5);
        var other = new BatchSchedule(20, 4, 3, null, seed: 6);
        int[][] there = [.. Enumerable.Range(0, 15).Select(step => forward.Batch(step))];
        int[][] back = [.. Enumerable.Range(0, 15).Reverse().Select(step => backward.Batch(step)).Reverse()];
        Assert.Equal(there, back);
        Assert.NotEqual(there[0], other.Batch(0));
    }

    [Theory]
    [InlineData(3, 8, 3, 1)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(8, 8, 8, 1)]
    public void Few_photographs_make_one_batch(int count, int batch, int size, int steps)
    {
        var schedule = new BatchSchedule(count, batch, 1, null, seed: 0);
        Assert.Equal((size, steps), (schedule.Batch(0).Length, schedule.StepsPerEpoch));
    }

    [Fact]
    public void Steps_override_epochs()
    {
        var schedule = new BatchSchedule(10, 5, 99, steps: 5, seed: 0);
        Assert.Equal((5L, 3), (schedule.Steps, schedule.Epochs));
    }

    [Fact]
    public void Draws_are_spread_evenly()
    {
        var random = new RandomStream(1, 2, 3);
        int[] counts = new int[7];
        for (int i = 0; i < 7000; i++)
            counts[random.NextBelow(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 850, 1150));
        double mean = Enumerable.Range(0, 4000).Average(_ => random.NextDouble());
        Assert.InRange(mean, 0.48, 0.52);
    }
}
