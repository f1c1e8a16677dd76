namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>What is to be written and where.</summary>
/// <param name="Folder">The folder to write to.</param>
/// <param name="Split">The name of the list of photographs.</param>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Photographs">The photographs.</param>
/// <param name="Losses">Where a format counts what it cannot carry.</param>
internal sealed record ExportJob(ExportFolder Folder, string Split, IReadOnlyList<string> Classes, IReadOnlyList<ExportedPhotograph> Photographs, LossTally Losses);
