using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>
/// The base of this library's transformers: rows are computed one by one, when a value is asked for, once for all columns, and only as far as the asked-for columns need.
/// </summary>
public abstract class RowTransformer : ITransformer
{
    private readonly ModelFormat _format;

    private protected RowTransformer(IHostEnvironment environment, ModelFormat format)
    {
        Environment = environment;
        Host = environment.Register(format.Loader);
        _format = format;
    }

    /// <summary>Where the context's settings are read, which a host copies when it is registered.</summary>
    private protected IHostEnvironment Environment { get; }

    /// <summary>Where messages and errors go.</summary>
    private protected IHost Host { get; }

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The schema with this transformer's columns appended.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Map(inputSchema).OutputSchema;

    /// <summary>The data with this transformer's columns appended; nothing is computed before a cursor asks for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(Map(input.Schema), input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Map(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => Save(new ModelWriter(ctx, _format));

    /// <summary>What this transformer adds to rows of <paramref name="input"/>, whose columns it checks.</summary>
    private protected abstract RowMap Bind(DataViewSchema input);

    /// <summary>Writes what loading needs.</summary>
    private protected abstract void Save(ModelWriter writer);

    private RowMapper Map(DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new RowMapper(input, Bind(input));
    }
}
