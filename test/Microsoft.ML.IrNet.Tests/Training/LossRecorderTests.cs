using Microsoft.ML.IrNet.Training;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Training;

public class LossRecorderTests
{
    [Fact]
    public void A_step_without_photographs_is_no_number()
    {
        LossRecorder recorder = Recorded();
        Assert.Equal(["loss", "positive"], recorder.Curves.Select(curve => curve.Name));
        Assert.Equal([1, float.NaN, 3], recorder.Curves[0].Values);
        Assert.Equal([float.NaN, float.NaN, 4], recorder.Curves[1].Values);
    }

    [Fact]
    public void What_was_saved_is_gone_on_with()
    {
        LossRecorder whole = Recorded(), restored = new();
        restored.Restore("file", new StateDict(whole.Save()), steps: 3);
        whole.Add(Loss(5));
        restored.Add(Loss(5));
        Assert.Equal(whole.Curves.Select(curve => curve.Name), restored.Curves.Select(curve => curve.Name));
        Assert.Equal(whole.Curves.Select(curve => curve.Values.ToArray()), restored.Curves.Select(curve => curve.Values.ToArray()));
    }

    [Fact]
    public void A_checkpoint_without_losses_has_none_of_its_steps()
    {
        var recorder = new LossRecorder();
        recorder.Restore("file", new StateDict([]), steps: 2);
        recorder.Add(Loss(7));
        Assert.Equal([float.NaN, float.NaN, 7], Assert.Single(recorder.Curves).Values);
    }

    [Fact]
    public void Losses_of_another_number_of_steps_name_the_file()
    {
        var error = Assert.Throws<WeightsException>(() => new LossRecorder().Restore("file", new StateDict(Recorded().Save()), steps: 4));
        Assert.Equal("file", error.Subject);
    }

    private static LossRecorder Recorded()
    {
        var recorder = new LossRecorder();
        recorder.Add(Loss(1));
        recorder.Add([]);
        recorder.Add([new("loss", 3), new("positive", 4)]);
        return recorder;
    }

    private static KeyValuePair<string, float>[] Loss(float value) => [new("loss", value)];
}
