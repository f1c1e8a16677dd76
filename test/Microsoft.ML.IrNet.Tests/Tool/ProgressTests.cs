using IrNetTool.Progress;

namespace Microsoft.ML.IrNet.Tests.Tool;

public class ProgressTests
{
    [Theory]
    [InlineData(20, 100, 10, "2.0/s  00:00:50 left")]
    [InlineData(2, 3, 10, "5.0 s each  00:00:15 left")]
    [InlineData(1, 100_000, 10, "10.0 s each  277:46:40 left")]
    [InlineData(0, 5, 10, "")]
    [InlineData(4, -1, 1, "4.0/s")]
    public void Rate_and_time_left_are_told(long measured, long left, int seconds, string expected) =>
        Assert.Equal(expected, Pace.Text(measured, left, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void What_an_earlier_run_did_does_not_count_into_the_rate()
    {
        var pace = new Pace(1000);
        Assert.Equal("", pace.Mark(900));
        Thread.Sleep(20);
        // A single unit since: were the earlier 900 counted too, it would be thousands a second.
        Assert.Matches(@"^\d\d?\.\d/s", pace.Mark(901));
    }

    [Fact]
    public void Lines_tell_begin_progress_and_end()
    {
        using var output = new StringWriter();
        var progress = new PlainProgress(output, TimeSpan.Zero);
        progress.Begin("label", 3, "photographs");
        progress.Advance(1, "one");
        Thread.Sleep(5);
        progress.Advance(2, "two");
        progress.Warn("three is left out");
        progress.End("done");
        progress.Pass("evaluate", "done by an earlier run");
        string[] lines = output.ToString().Split(Environment.NewLine);
        Assert.Equal("label: 3 photographs", lines[0]);
        Assert.Equal("label: 1/3  one", lines[1]);
        Assert.Matches(@"^label: 2/3  .*(/s|s each)  00:00:\d\d left  two$", lines[2]);
        Assert.Equal("warning: three is left out", lines[3]);
        Assert.Matches(@"^label: done in \d+\.\d s$", lines[4]);
        Assert.Equal("evaluate: done by an earlier run", lines[5]);
    }

    [Fact]
    public void Between_the_lines_nothing_is_written()
    {
        using var output = new StringWriter();
        var progress = new PlainProgress(output, TimeSpan.FromHours(1));
        progress.Begin("label", 300, "photographs");
        for (int i = 1; i <= 300; i++)
            progress.Advance(i, "photograph");
        Assert.Single(output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_download_is_told_in_megabytes_and_one_that_is_not_needed_not_at_all()
    {
        using var output = new StringWriter();
        var download = new DownloadProgress(new PlainProgress(output, TimeSpan.Zero), "resnet50");
        Assert.Equal("", output.ToString());
        download.Report((1, 2_000_000));
        download.Report((2_000_000, 2_000_000));
        Assert.StartsWith($"fetch resnet50: 2 MB{Environment.NewLine}", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("fetch resnet50: done in", output.ToString(), StringComparison.Ordinal);
    }
}
