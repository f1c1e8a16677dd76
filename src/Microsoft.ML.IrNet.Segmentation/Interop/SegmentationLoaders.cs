using Microsoft.ML;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Segmentation.Interop;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    "Mask R-CNN", typeof(MaskRcnnTransformer), typeof(SegmentationLoaders.MaskRcnn), null, typeof(SignatureLoadModel), "Mask R-CNN", MaskRcnnTransformer.LoaderName)]
[assembly: LoadableClass(
    "DeepLab", typeof(DeepLabTransformer), typeof(SegmentationLoaders.DeepLab), null, typeof(SignatureLoadModel), "DeepLab", DeepLabTransformer.LoaderName)]

namespace Microsoft.ML.IrNet.Segmentation.Interop;

/// <summary>The methods by which ML.NET loads this library's transformers. It finds them, by reflection and by the name Create, through the attributes above.</summary>
internal static class SegmentationLoaders
{
    internal static class MaskRcnn
    {
        public static MaskRcnnTransformer Create(IHostEnvironment env, ModelLoadContext ctx) => MaskRcnnTransformer.Load(env, new ModelReader(ctx, MaskRcnnTransformer.Format));
    }

    internal static class DeepLab
    {
        public static DeepLabTransformer Create(IHostEnvironment env, ModelLoadContext ctx) => DeepLabTransformer.Load(env, new ModelReader(ctx, DeepLabTransformer.Format));
    }
}
