namespace Microsoft.ML.IrNet.Networks;

/// <summary>What IRNet says about one photograph.</summary>
/// <param name="Rows">Rows of the maps: ceil(height/4).</param>
/// <param name="Columns">Columns of the maps: ceil(width/4).</param>
/// <param name="Boundary">The probability of a class boundary [Rows,Columns].</param>
/// <param name="Displacement">The displacement to the instance's centroid [2 (dy,dx),Rows,Columns] in cells.</param>
public sealed record BoundaryDisplacement(int Rows, int Columns, float[] Boundary, float[] Displacement);
