using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>Makes masks of photographs with a trained network. For several threads at once.</summary>
internal interface IStudentMapper : IDisposable
{
    /// <summary>All that the network says of a photograph: instances and the semantic map drawn of them, or the semantic map alone.</summary>
    ImageLabels Label(RgbImage image);
}
