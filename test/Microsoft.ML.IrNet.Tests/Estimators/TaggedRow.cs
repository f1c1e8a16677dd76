using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Data;

namespace Microsoft.ML.IrNet.Tests.Estimators;

/// <summary>A photograph in memory and its tags, as users hand them to ML.NET.</summary>
public sealed class TaggedRow
{
    [AnySizeImage]
    public MLImage? Image { get; set; }

    public string[] TagNames { get; set; } = [];
}
