using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Networks;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>How a saved model makes its backbone again, before the weights are loaded into it: a residual network's shape, or the class of one's own.</summary>
internal sealed record BackboneRecipe
{
    /// <summary>The shape of a residual network.</summary>
    public ResNetOptions? ResNet { get; init; }

    /// <summary>The assembly-qualified name of a class.</summary>
    public string? TypeName { get; init; }

    /// <summary>Describes a backbone.</summary>
    /// <exception cref="OutputException">It cannot be made again from its class.</exception>
    public static BackboneRecipe Of(Backbone backbone)
    {
        if (backbone is ResNetBackbone resNet)
            return new BackboneRecipe { ResNet = resNet.Options };
        Type type = backbone.GetType();
        if (!type.IsVisible || type.GetConstructor(Type.EmptyTypes) is null)
            throw new OutputException(type.FullName ?? type.Name,
                "a model with this backbone cannot be saved, because loading could not make it again; make the class public and give it a public constructor without parameters.");
        return new BackboneRecipe { TypeName = type.AssemblyQualifiedName };
    }

    /// <summary>Makes the backbone, with random weights.</summary>
    /// <param name="reader">The model.</param>
    /// <param name="prefix">Of the names that the backbone's weights have in it.</param>
    /// <exception cref="ModelFileException">The class is not there, or is no backbone, or the model's weights are of one of another width.</exception>
    public Backbone Create(ModelReader reader, string prefix = "backbone.")
    {
        if (ResNet is { } options)
        {
            options.Validate();
            // All else is at most eighteen times as large as this convolution, which every depth has.
            long width = 8L * options.BaseWidth;
            reader.RequireWeight(prefix + "layer4.0.conv2.weight", width, width, 3, 3);
            return new ResNetBackbone(options);
        }
        Type? type = TypeName is null ? null : Type.GetType(TypeName);
        if (type is null || !type.IsSubclassOf(typeof(Backbone)) || type.GetConstructor(Type.EmptyTypes) is not { } constructor)
            throw new ModelFileException("the model's backbone",
                $"is the class '{TypeName}', which is not here as a public {nameof(Backbone)} with a constructor without parameters; reference the assembly that has it.");
        return (Backbone)constructor.Invoke(null);
    }
}
