using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Runs;

namespace Microsoft.ML.IrNet.Tests.Runs;

public class PhotographPassTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Photograph[] _photographs = [.. Enumerable.Range(0, 5).Select(i => new Photograph($"p{i}", $"p{i}.png", []))];
    private readonly RunEvents _events = new();

    [Fact]
    public void Results_come_in_order_and_networks_run_on_the_calling_thread()
    {
        int caller = Environment.CurrentManagedThreadId;
        var finished = new List<string>();
        var advanced = new List<long>();
        Pass(new RunEvents { OnAdvanced = (_, done) => advanced.Add(done) }).Run(RunStage.Label, Load, photograph =>
        {
            Assert.Equal(caller, Environment.CurrentManagedThreadId);
            return () =>
            {
                Thread.Sleep(photograph.Photograph.Name == "p0" ? 50 : 0);
                finished.Add(photograph.Photograph.Name);
                return null;
            };
        });
        Assert.Equal(_photographs.Select(photograph => photograph.Name), finished);
        Assert.Equal([1, 2, 3, 4, 5], advanced);
    }

    [Fact]
    public void One_is_finished_and_the_next_read_while_networks_work()
    {
        var (read, computing) = (new CountdownEvent(2), new ManualResetEventSlim());
        bool overlapped = false;
        Pass(_events).Run(
            RunStage.Label, photograph =>
            {
                if (photograph.Name is "p0" or "p2")
                    read.Signal();
                return Load(photograph);
            },
            photograph =>
            {
                // The second: p2 is being read, and p0's rest waits for this.
                if (photograph.Photograph.Name == "p1")
                {
                    Assert.True(read.Wait(Patience));
                    computing.Set();
                }
                return () =>
                {
                    if (photograph.Photograph.Name == "p0")
                        overlapped = computing.Wait(Patience);
                    return null;
                };
            });
        Assert.True(overlapped);
    }

    [Fact]
    public void A_large_photograph_is_finished_before_the_next_begins()
    {
        var log = new List<string>();
        Pass(_events, _photographs[..2]).Run(
            RunStage.Label, photograph => new LoadedPhotograph(photograph, new RgbImage(2001, 2000, new byte[3 * 2001 * 2000]), null), photograph =>
            {
                log.Add($"compute {photograph.Photograph.Name}");
                return () =>
                {
                    Thread.Sleep(50);
                    log.Add($"finish {photograph.Photograph.Name}");
                    return null;
                };
            });
        Assert.Equal(["compute p0", "finish p0", "compute p1", "finish p1"], log);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("compute")]
    [InlineData("finish")]
    public void A_bad_photograph_is_left_out_wherever_it_fails(string where)
    {
        Pass(_events).Run(RunStage.Label, photograph => Load(Fail("read", photograph)), photograph =>
        {
            Fail("compute", photograph.Photograph);
            return () => Labelled(photograph with { Photograph = Fail("finish", photograph.Photograph) });
        });
        Assert.Equal(["p0", "p1", "p3", "p4"], _events.Photographs.Select(labelled => labelled.Photograph.Name));
        Assert.Contains("p2", Assert.Single(_events.Warnings), StringComparison.Ordinal);

        Photograph Fail(string step, Photograph photograph) =>
            step == where && photograph.Name == "p2" ? throw new ImageFileException(photograph.Path, "is broken.") : photograph;
    }

    [Fact]
    public void An_error_comes_out_when_nothing_runs_any_more()
    {
        bool over = false;
        Assert.Throws<OutputException>(() => Pass(_events).Run(RunStage.Label, Load, photograph => photograph.Photograph.Name == "p1"
            ? throw new OutputException("out", "is full.")
            : () =>
            {
                Thread.Sleep(50);
                over = true;
                return null;
            }));
        Assert.True(over);
    }

    [Fact]
    public void What_is_done_is_neither_read_nor_computed()
    {
        var read = new List<string>();
        Pass(_events).Run(RunStage.Label, photograph => { lock (read) read.Add(photograph.Name); return Load(photograph); }, photograph => () => Labelled(photograph),
            photograph => photograph.Name is "p0" or "p3" or "p4");
        Assert.Equal(["p1", "p2"], read);
        Assert.Equal(["p1", "p2"], _events.Photographs.Select(labelled => labelled.Photograph.Name));
    }

    private PhotographPass Pass(RunEvents events, IReadOnlyList<Photograph>? photographs = null) =>
        new(photographs ?? _photographs, events, new SkipList(events, strict: false), CancellationToken.None);

    private static LoadedPhotograph Load(Photograph photograph) => new(photograph, new RgbImage(1, 1, new byte[3]), Truth: null);

    private static LabelledPhotograph Labelled(LoadedPhotograph photograph) => new(
        photograph.Photograph, photograph.Image, new NetworkMaps(1, 1, 1, 1, [], [], [0], [0, 0]), new ImageLabels([], new LabelMap(1, 1, new byte[1])), Truth: null);
}
