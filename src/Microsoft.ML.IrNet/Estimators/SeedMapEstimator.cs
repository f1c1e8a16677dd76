using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Puts <see cref="SeedMapTransformer"/> into a pipeline. There is nothing to learn: Fit checks the columns only.</summary>
public sealed class SeedMapEstimator : IEstimator<SeedMapTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly SeedMapOptions _options;

    internal SeedMapEstimator(IHostEnvironment environment, SeedMapOptions options) =>
        (_environment, _host, _options) = (environment, environment.Register(nameof(SeedMapEstimator)), options);

    /// <summary>Checks the columns and makes the transformer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    public SeedMapTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        return new SeedMapTransformer(_environment, _options);
    }

    /// <summary>The columns that the transformer will add.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SeedMapMap.Check(_host, inputSchema, _options);
        return SchemaShapes.Add(inputSchema, SeedMapMap.Columns(_options));
    }
}
