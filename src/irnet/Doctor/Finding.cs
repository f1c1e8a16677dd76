namespace IrNetTool.Doctor;

/// <summary>One thing that <c>irnet doctor</c> looked at.</summary>
/// <param name="Subject">What it is.</param>
/// <param name="Found">How it is.</param>
/// <param name="Kind">What that means.</param>
/// <param name="Advice">What to do; null where nothing is to be done.</param>
internal sealed record Finding(string Subject, string Found, FindingKind Kind = FindingKind.Ok, string? Advice = null)
{
    /// <summary>The line without the word that says what kind it is.</summary>
    public string Text => Advice is null ? $"{Subject}: {Found}" : $"{Subject}: {Found}; {Advice}";
}
