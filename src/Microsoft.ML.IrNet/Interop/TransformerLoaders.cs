using Microsoft.ML;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    "Class activation maps", typeof(CamTransformer), typeof(TransformerLoaders.Cam), null, typeof(SignatureLoadModel), "Class activation maps", CamTransformer.LoaderName)]
[assembly: LoadableClass(
    "Class boundaries and displacement fields", typeof(IrNetTransformer), typeof(TransformerLoaders.IrNet), null, typeof(SignatureLoadModel), "Inter-pixel relations", IrNetTransformer.LoaderName)]
[assembly: LoadableClass(
    "Instance pseudo labels", typeof(InstancePseudoLabelTransformer), typeof(TransformerLoaders.Instances), null, typeof(SignatureLoadModel), "Instance pseudo labels", InstancePseudoLabelTransformer.LoaderName)]
[assembly: LoadableClass(
    "Class activation maps of another model", typeof(SeedMapTransformer), typeof(TransformerLoaders.Seeds), null, typeof(SignatureLoadModel), "Seed maps", SeedMapTransformer.LoaderName)]
[assembly: LoadableClass(
    "Semantic pseudo labels", typeof(SemanticPseudoLabelTransformer), typeof(TransformerLoaders.Semantic), null, typeof(SignatureLoadModel), "Semantic pseudo labels", SemanticPseudoLabelTransformer.LoaderName)]

namespace Microsoft.ML.IrNet.Interop;

/// <summary>The methods by which ML.NET loads this library's transformers. It finds them, by reflection and by the name Create, through the attributes above.</summary>
internal static class TransformerLoaders
{
    internal static class Cam
    {
        public static CamTransformer Create(IHostEnvironment env, ModelLoadContext ctx) => CamTransformer.Load(env, new ModelReader(ctx, CamTransformer.Format));
    }

    internal static class IrNet
    {
        public static IrNetTransformer Create(IHostEnvironment env, ModelLoadContext ctx) => IrNetTransformer.Load(env, new ModelReader(ctx, IrNetTransformer.Format));
    }

    internal static class Seeds
    {
        public static SeedMapTransformer Create(IHostEnvironment env, ModelLoadContext ctx) => SeedMapTransformer.Load(env, new ModelReader(ctx, SeedMapTransformer.Format));
    }

    internal static class Instances
    {
        public static InstancePseudoLabelTransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
            InstancePseudoLabelTransformer.Load(env, new ModelReader(ctx, InstancePseudoLabelTransformer.Format));
    }

    internal static class Semantic
    {
        public static SemanticPseudoLabelTransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
            SemanticPseudoLabelTransformer.Load(env, new ModelReader(ctx, SemanticPseudoLabelTransformer.Format));
    }
}
