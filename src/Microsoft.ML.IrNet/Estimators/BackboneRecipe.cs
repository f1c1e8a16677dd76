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
    /// <exception cref="ModelFileException">The class is not there, or is no backbone.</exception>
    public Backbone Create()
    {
        if (ResNet is { } options)
            return new ResNetBackbone(options);
        Type? type = TypeName is null ? null : Type.GetType(TypeName);
        if (type is null || !type.IsSubclassOf(typeof(Backbone)) || type.GetConstructor(Type.EmptyTypes) is not { } constructor)
            throw new ModelFileException("the model's backbone",
                $"is the class '{TypeName}', which is not here as a public {nameof(Backbone)} with a constructor without parameters; reference the assembly that has it.");
        return (Backbone)constructor.Invoke(null);
    }
}
