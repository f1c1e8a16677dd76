using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Training;

/// <summary>Random access to the photographs a network learns from. Members are called from several threads.</summary>
public interface IPhotographSource
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>What messages call photograph <paramref name="index"/>.</summary>
    string Name(int index);

    /// <summary>Decodes photograph <paramref name="index"/>.</summary>
    RgbImage Load(int index);
}
