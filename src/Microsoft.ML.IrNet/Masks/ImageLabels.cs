using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Notebooks;

namespace Microsoft.ML.IrNet.Masks;

/// <summary>What is known of one photograph's objects: its instances and its semantic map, both of the photograph's size.</summary>
/// <param name="Instances">The objects; disjoint masks when they are pseudo labels.</param>
/// <param name="Semantic">0 background, class index + 1 a class, 255 void.</param>
[TypeFormatterSource(typeof(NotebookFormatterSource))]
public sealed record ImageLabels(IReadOnlyList<InstanceLabel> Instances, LabelMap Semantic);
