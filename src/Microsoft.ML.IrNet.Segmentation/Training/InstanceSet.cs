using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>Photographs and the objects in each, drawn or pseudo labels.</summary>
/// <param name="Photographs">The photographs.</param>
/// <param name="Instances">
/// The objects of photograph i, of its size; none where it is an example of background. Called from several threads, once each time the photograph is seen.
/// </param>
public sealed record InstanceSet(IPhotographSource Photographs, Func<int, IReadOnlyList<InstanceLabel>> Instances);
