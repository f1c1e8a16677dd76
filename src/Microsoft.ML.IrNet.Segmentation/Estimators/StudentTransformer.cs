using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>A network that has learned from masks and makes masks of photographs: <see cref="MaskRcnnTransformer"/> or DeepLab.</summary>
public abstract class StudentTransformer : RowTransformer, IDisposable
{
    private protected StudentTransformer(IHostEnvironment environment, ModelFormat format, IReadOnlyList<string> classes) : base(environment, format) =>
        Classes = [.. classes];

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Releases the network.</summary>
    public abstract void Dispose();

    /// <summary>All that the network says of a photograph: instances and the semantic map drawn of them, or the semantic map alone.</summary>
    internal abstract ImageLabels Label(RgbImage image);
}
