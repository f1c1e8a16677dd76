using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Puts <see cref="SemanticPseudoLabelTransformer"/> into a pipeline. There is nothing to learn: Fit checks the columns only.</summary>
public sealed class SemanticPseudoLabelEstimator : IEstimator<SemanticPseudoLabelTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly SemanticPseudoLabelOptions _options;

    internal SemanticPseudoLabelEstimator(IHostEnvironment environment, SemanticPseudoLabelOptions options)
    {
        options.Labels.Validate();
        (_environment, _host, _options) = (environment, environment.Register(nameof(SemanticPseudoLabelEstimator)), options);
    }

    /// <summary>Checks the columns and makes the transformer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    public SemanticPseudoLabelTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        return new SemanticPseudoLabelTransformer(_environment, _options);
    }

    /// <summary>The columns that the transformer will add.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        PseudoLabelMap.Check(_host, inputSchema, _options);
        return SchemaShapes.Add(inputSchema, SemanticPseudoLabelMap.Columns(_options));
    }
}
