using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Runs;

/// <summary>What the work folder says of a student that is trained.</summary>
/// <param name="Model">A digest of the model's file.</param>
/// <param name="Losses">Of the training.</param>
internal sealed record StudentNote(string Model, LossCurve[] Losses)
{
    private const string FileName = "student.json";

    /// <summary>Notes a model that was written.</summary>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    public static StudentNote Write(string folder, string model, IReadOnlyList<LossCurve> losses)
    {
        var note = new StudentNote(RunIdentity.OfFile(model)!, [.. losses]);
        StateFile.Write(Path.Combine(folder, FileName), note);
        return note;
    }

    /// <summary>The note of a model; null where there is none, or the file is gone or another.</summary>
    /// <exception cref="OutputException">The note is damaged.</exception>
    public static StudentNote? Find(string folder, string model)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path) && File.Exists(model)
            && StateFile.Read<StudentNote>(path, note => note.Model is not null && note.Losses is not null && LossFile.AreWhole(note.Losses)) is { } note
            && note.Model == RunIdentity.OfFile(model) ? note : null;
    }
}
