using System.CommandLine;
using System.CommandLine.Completions;
using Microsoft.ML.IrNet.Data;

namespace IrNetTool.Commands;

/// <summary>The options that say which photographs a command works on.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> _data = new Option<string?>("--data")
    {
        Description = "The data set: a VOC devkit, COCO annotations or the folder they are in, or a folder with photographs and tags.csv (columns path,tags).",
        HelpName = "PATH",
    }.MustExist();

    private readonly Option<string?> _format = new("--format")
    {
        Description = "voc, coco or folder; found out from the files where not given.",
        HelpName = "voc|coco|folder",
    };

    private readonly Option<string?> _split = new("--split")
    {
        Description = "Which list of a VOC or COCO data set: train, val, ... Without it the only one there is, else train.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _instanceSplit = new("--instance-split")
    {
        Description = "A list of the photographs whose drawn instances can be relied on: instance metrics are measured on these alone.",
        HelpName = "NAME",
    };

    /// <param name="command">Gets the options.</param>
    /// <param name="required">Whether it cannot do without a data set.</param>
    /// <param name="measures">Whether it measures instances.</param>
    public DataOptions(Command command, bool required = true, bool measures = true)
    {
        Option<string?>[] details = measures ? [_format, _split, _instanceSplit] : [_format, _split];
        _data.Required = required;
        _format.AcceptOnlyFromAmong("voc", "coco", "folder");
        foreach (Option<string?> list in new[] { _split, _instanceSplit })
            list.CompletionSources.Add(Splits);
        foreach (Option option in (Option[])[_data, .. details])
            command.Options.Add(option);
        foreach (Option<string?> detail in required ? [] : details)
            detail.Validators.Add(result =>
            {
                if (result.GetResult(_data) is null)
                    result.AddError($"{detail.Name}: says something of a data set; give --data too.");
            });
    }

    /// <summary>Makes another option for the photographs exclude this one.</summary>
    public void Exclude(Option<string?> other) => other.Validators.Add(result =>
    {
        if (result.GetResult(_data) is not null)
            result.AddError($"{other.Name}: the photographs are those of --data already; give one of both.");
    });

    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_data) is not null;

    public PhotographSet Load(ParseResult parsed) => Load(parsed, parsed.GetValue(_split));

    /// <summary>Names of the photographs for instance metrics; null for all.</summary>
    public IReadOnlySet<string>? InstanceNames(ParseResult parsed) =>
        parsed.GetValue(_instanceSplit) is { } split
            ? Load(parsed, split).Photographs.Select(photograph => photograph.Name).ToHashSet()
            : null;

    // Only what has been typed so far is known, and that may be half a path.
    private IEnumerable<string> Splits(CompletionContext context)
    {
        try
        {
            return context.ParseResult.GetValue(_data) is { } path ? DataSets.Splits(path) : [];
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private PhotographSet Load(ParseResult parsed, string? split) =>
        DataSets.Load(parsed.GetValue(_data)!, parsed.GetValue(_format), split);
}
