using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Takes class activation maps of any other model in place of those of <see cref="CamTransformer"/>: what follows it in a pipeline sees no difference.</summary>
/// <remarks>
/// <para>Input columns: Image, Tags, Seeds, SeedShape; <c>ml.Data.LoadSeeds</c> reads the latter two from a folder of .npy files.</para>
/// <para>Output columns: ImageSize, MapSize, Cam, CamFullResolution. Maps are resized bilinearly, values below 0 become 0, and each map is divided by its maximum.</para>
/// </remarks>
public sealed class SeedMapTransformer : RowTransformer
{
    internal static readonly ModelFormat Format = new("IRNETSEE", LoaderName, typeof(SeedMapTransformer));

    internal const string LoaderName = "IrNetSeeds";

    internal SeedMapTransformer(IHostEnvironment environment, SeedMapOptions options) : base(environment, Format) => Options = options;

    /// <summary>The columns.</summary>
    public SeedMapOptions Options { get; }

    internal static SeedMapTransformer Load(IHostEnvironment environment, ModelReader reader) => new(environment, reader.ReadSettings<SeedMapOptions>());

    private protected override RowMap Bind(DataViewSchema input) => new SeedMapMap(Host, input, Options);

    private protected override void Save(ModelWriter writer) => writer.WriteSettings(Options);
}
