using Microsoft.ML.Data;

namespace Microsoft.ML.IrNet.Data;

/// <summary>A column of <see cref="PhotographDataView"/>.</summary>
/// <param name="Column">Its name, type and annotations.</param>
/// <param name="Open">Makes the <see cref="ValueGetter{TValue}"/> of a cursor.</param>
internal sealed record PhotographColumn(DataViewSchema.DetachedColumn Column, Func<PhotographCursor, Delegate> Open);
