using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>Class and refined box of a region of interest (Girshick, ICCV 2015, section 2). torchvision's names.</summary>
internal sealed class BoxPredictor : nn.Module<Tensor, (Tensor Logits, Tensor Codes)>
{
    private readonly Linear cls_score;
    private readonly Linear bbox_pred;

    public BoxPredictor(int features, int labels) : base(nameof(BoxPredictor))
    {
        cls_score = nn.Linear(features, labels);
        bbox_pred = nn.Linear(features, 4 * labels);
        RegisterComponents();
    }

    /// <param name="features">[regions,features].</param>
    /// <returns>Logits [regions,labels], background first, and box codes [regions,4 labels], label-major.</returns>
    public override (Tensor Logits, Tensor Codes) forward(Tensor features) => (cls_score.forward(features), bbox_pred.forward(features));
}
