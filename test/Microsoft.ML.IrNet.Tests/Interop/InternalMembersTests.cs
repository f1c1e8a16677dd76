using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Tests.Interop;

/// <summary>
/// Touches every internal member of ML.NET that the library uses, so that a new version of ML.NET without one of them fails here and not at a user's. Saving and
/// loading are in <see cref="Estimators.SavedModelTests"/>.
/// </summary>
public sealed class InternalMembersTests
{
    private readonly MLContext _ml = new(seed: 5);

    [Fact]
    public void Settings_of_the_context_are_read()
    {
        _ml.GpuDeviceId = 3;
        _ml.FallbackToCpu = true;
        _ml.TempFilePath = "/somewhere";
        IHostEnvironment environment = ContextSettings.GetEnvironment(_ml.Transforms);

        Assert.Equal(5, ContextSettings.Seed(environment));
        Assert.Equal(3, ContextSettings.GpuDeviceId(environment));
        Assert.True(ContextSettings.FallbackToCpu(environment));
        Assert.Equal("/somewhere", ContextSettings.TemporaryFolder(environment));
        Assert.False(ContextSettings.IsCanceled(environment));
    }

    [Fact]
    public void Settings_changed_after_the_catalog_was_used_count()
    {
        IHostEnvironment environment = ContextSettings.GetEnvironment(_ml.Transforms);
        _ml.GpuDeviceId = 1;

        Assert.Equal(1, ContextSettings.GpuDeviceId(environment));
    }

    [Fact]
    public void Shapes_are_made_of_schemas_and_added_to()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("A", Microsoft.ML.Data.NumberDataViewType.Single);
        builder.AddColumn("B", Microsoft.ML.Data.NumberDataViewType.Int32);
        SchemaShape shape = SchemaShapes.Add(SchemaShapes.Of(builder.ToSchema()), [new("B", Microsoft.ML.Data.TextDataViewType.Instance), new("C", Microsoft.ML.Data.TextDataViewType.Instance)]);

        Assert.Equal(["A:Single", "B:String", "C:String"], shape.Select(column => $"{column.Name}:{column.ItemType}"));
    }

    [Fact]
    public void A_schema_error_names_column_expectation_and_type()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("A", Microsoft.ML.Data.NumberDataViewType.Single);
        SchemaShape.Column column = SchemaShapes.Of(builder.ToSchema())[0];

        string message = SchemaShapes.Mismatch(_ml, "tags", "A", "a key", column).Message;
        Assert.Contains("'A'", message, StringComparison.Ordinal);
        Assert.Contains("a key", message, StringComparison.Ordinal);
        Assert.Contains("Single", message, StringComparison.Ordinal);
        Assert.Contains("no such column", SchemaShapes.Mismatch(_ml, "tags", "A", "a key", null).Message, StringComparison.Ordinal);
    }
}
