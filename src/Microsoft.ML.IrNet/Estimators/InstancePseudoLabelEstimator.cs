using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Puts <see cref="InstancePseudoLabelTransformer"/> into a pipeline. There is nothing to learn: Fit checks the columns only.</summary>
public sealed class InstancePseudoLabelEstimator : IEstimator<InstancePseudoLabelTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly InstancePseudoLabelOptions _options;

    internal InstancePseudoLabelEstimator(IHostEnvironment environment, InstancePseudoLabelOptions options)
    {
        options.Labels.Validate();
        (_environment, _host, _options) = (environment, environment.Register(nameof(InstancePseudoLabelEstimator)), options);
    }

    /// <summary>Checks the columns and makes the transformer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    public InstancePseudoLabelTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        return new InstancePseudoLabelTransformer(_environment, _options);
    }

    /// <summary>The columns that the transformer will add.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        PseudoLabelMap.Check(_host, inputSchema, _options);
        // A shape has kinds of columns, not sizes: any class will do.
        return SchemaShapes.Add(inputSchema, InstancePseudoLabelMap.Columns(_options, ["class"]).Select(output => output.Column));
    }
}
