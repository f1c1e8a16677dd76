namespace IrNetTool.Progress;

/// <summary>Shows how far work is, one stage after the other.</summary>
internal interface IProgressView
{
    /// <summary>A stage begins.</summary>
    /// <param name="title">What it is called.</param>
    /// <param name="total">Its units of work; 0 where nobody knows.</param>
    /// <param name="unit">What the units are.</param>
    void Begin(string title, long total, string unit);

    /// <summary>Some of the running stage is done.</summary>
    /// <param name="done">Units done so far.</param>
    /// <param name="detail">The unit that was done.</param>
    void Advance(long done, string detail);

    /// <summary>The running stage is over.</summary>
    void End(string outcome);

    /// <summary>A stage needed no work.</summary>
    void Pass(string title, string outcome);

    void Warn(string message);
}
