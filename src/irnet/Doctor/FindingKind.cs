namespace IrNetTool.Doctor;

/// <summary>What a finding means for the tool.</summary>
internal enum FindingKind
{
    Ok,

    /// <summary>It works, but somebody may want to know.</summary>
    Note,

    /// <summary>It does not work.</summary>
    Problem,
}
