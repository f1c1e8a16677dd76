using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>
/// IRNet: from one frozen backbone a class boundary map and a displacement field, both at a quarter of the image's size
/// (Ahn, Cho, Kwak, CVPR 2019, section 4). Weights are named <c>backbone.*</c>, <c>fc_edge1.*</c> to <c>fc_edge6.*</c>,
/// <c>fc_dp1.*</c> to <c>fc_dp7.*</c> and <c>mean_shift.running_mean</c>, as published but for the backbone's prefix.
/// </summary>
public sealed class IrNetwork : nn.Module
{
    /// <summary>Pixels per cell of both outputs.</summary>
    public const int Stride = 4;

    internal const string MeanDisplacementName = "mean_shift.running_mean";

    // Fields that hold modules have PyTorch's names, because torch registers them under the names they have here.
    private readonly Backbone backbone;
    private readonly Conv2d fc_edge6;
    private readonly MeanShift mean_shift = new(2);
    private readonly Sequential[] _edge = new Sequential[Backbone.TapCount];
    private readonly Sequential[] _displacement = new Sequential[7];

    /// <summary>Puts new heads on a backbone, on the CPU.</summary>
    /// <param name="backbone">The backbone, which becomes part of this network and never learns. Its first two taps must have stride 4.</param>
    /// <exception cref="ArgumentException">The taps' strides do not fit.</exception>
    public IrNetwork(Backbone backbone) : base(nameof(IrNetwork))
    {
        ArgumentNullException.ThrowIfNull(backbone);
        RequireStrides(backbone.TapStrides);
        this.backbone = backbone;
        register_module("backbone", backbone);
        register_module("mean_shift", mean_shift);
        IReadOnlyList<int> taps = backbone.TapChannels;

        for (int i = 0; i < _edge.Length; i++)
            register_module($"fc_edge{i + 1}", _edge[i] = Block(taps[i], 32, groups: 4));
        fc_edge6 = nn.Conv2d(5 * 32, 1, kernel_size: 1, bias: true);
        register_module("fc_edge6", fc_edge6);

        (int Inputs, int Outputs, int Groups)[] blocks =
        [
            (taps[0], 64, 8), (taps[1], 128, 16), (taps[2], 256, 16), (taps[3], 256, 16), (taps[4], 256, 16),
            (256 + 256 + 256, 256, 16), (64 + 128 + 256, 256, 16),
        ];
        for (int i = 0; i < blocks.Length; i++)
            _displacement[i] = Block(blocks[i].Inputs, blocks[i].Outputs, blocks[i].Groups);
        _displacement[6].append("2", nn.ReLU()).append("3", nn.Conv2d(256, 2, kernel_size: 1, bias: false));
        for (int i = 0; i < blocks.Length; i++)
            register_module($"fc_dp{i + 1}", _displacement[i]);
    }

    /// <summary>The feature extractor; always in evaluation mode and without gradient.</summary>
    public Backbone Backbone => backbone;

    /// <summary>The mean displacement [2] (dy, dx) that evaluation subtracts; zero until <c>IrNetTrainer</c> has measured it. Copy into it to set it.</summary>
    public Tensor MeanDisplacement => mean_shift.RunningMean;

    /// <summary>The weights of the boundary branch.</summary>
    public IEnumerable<Parameter> EdgeParameters => _edge.SelectMany(block => block.parameters()).Concat(fc_edge6.parameters());

    /// <summary>The weights of the displacement branch, which is trained at ten times the boundary branch's rate.</summary>
    public IEnumerable<Parameter> DisplacementParameters => _displacement.SelectMany(block => block.parameters());

    /// <summary>Runs the backbone without a graph, and both branches.</summary>
    /// <param name="images">Normalised images [B,3,H,W].</param>
    /// <returns>Boundary logits [B,1,ceil(H/4),ceil(W/4)] and the displacement [B,2 (dy,dx),ceil(H/4),ceil(W/4)] in cells.</returns>
    public (Tensor Boundary, Tensor Displacement) forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        Tensor[] taps = Taps(images);
        return (BoundaryLogits(taps).MoveToOuterDisposeScope(), Displacement(taps).MoveToOuterDisposeScope());
    }

    /// <summary>Runs the backbone without a graph.</summary>
    /// <param name="images">Normalised images [B,3,H,W].</param>
    /// <returns>The five taps that the branches read.</returns>
    public Tensor[] Taps(Tensor images)
    {
        using var guard = no_grad();
        return Backbone.forward(images);
    }

    /// <summary>Runs the boundary branch.</summary>
    /// <param name="taps">The backbone's five taps.</param>
    /// <returns>Logits [B,1,ceil(H/4),ceil(W/4)]; their sigmoid is the probability of a class boundary.</returns>
    public Tensor BoundaryLogits(IReadOnlyList<Tensor> taps)
    {
        using var scope = NewDisposeScope();
        var parts = new Tensor[_edge.Length];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = Run(_edge[i], taps[i], from: i, like: 1, taps);
        return fc_edge6.forward(cat(parts, 1)).MoveToOuterDisposeScope();
    }

    /// <summary>Runs the displacement branch; in evaluation the mean displacement is subtracted.</summary>
    /// <param name="taps">The backbone's five taps.</param>
    /// <returns>The displacement [B,2 (dy,dx),ceil(H/4),ceil(W/4)] in cells.</returns>
    public Tensor Displacement(IReadOnlyList<Tensor> taps)
    {
        using var scope = NewDisposeScope();
        Tensor deep = cat(
            [
                Run(_displacement[2], taps[2], from: 2, like: 2, taps),
                Run(_displacement[3], taps[3], from: 3, like: 2, taps),
                Run(_displacement[4], taps[4], from: 4, like: 2, taps),
            ], 1);
        Tensor all = cat(
            [
                Run(_displacement[0], taps[0], from: 0, like: 1, taps),
                Run(_displacement[1], taps[1], from: 1, like: 1, taps),
                Run(_displacement[5], deep, from: 2, like: 1, taps),
            ], 1);
        return mean_shift.forward(_displacement[6].forward(all)).MoveToOuterDisposeScope();
    }

    /// <summary>Switches the branches between training and evaluation; the backbone stays in evaluation.</summary>
    /// <param name="train">Whether to train.</param>
    public override void train(bool train = true)
    {
        base.train(train);
        Backbone.eval();
    }

    /// <summary>The name in this network of a weight in the published <c>res50_irn.pth</c>.</summary>
    /// <param name="key">The name in the file.</param>
    /// <returns>The name here, or null for entries that repeat another (<c>stage1.*</c>, <c>edge_layers.*</c>, <c>dp_layers.*</c>...) or are tables (<c>path_indices*</c>, <c>disp_target</c>).</returns>
    public static string? OfficialName(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        bool head = key.StartsWith("fc_edge", StringComparison.Ordinal) || key.StartsWith("fc_dp", StringComparison.Ordinal);
        return key == MeanDisplacementName || (head && !key.EndsWith(".running_mean", StringComparison.Ordinal)) ? key : OfficialBackbone.Name(key);
    }

    private static Sequential Block(int inputs, int outputs, int groups)
    {
        GroupNorm norm = nn.GroupNorm(groups, outputs);
        // TorchSharp 0.107 leaves both as the memory happens to be.
        nn.init.ones_(norm.weight);
        nn.init.zeros_(norm.bias);
        return nn.Sequential(("0", nn.Conv2d(inputs, outputs, kernel_size: 1, bias: false)), ("1", norm));
    }

    // The published order: upsample, then ReLU. A map that outgrows the tap it joins is cut at the right and the bottom.
    private Tensor Run(Sequential block, Tensor input, int from, int like, IReadOnlyList<Tensor> taps)
    {
        using var scope = NewDisposeScope();
        Tensor output = block.forward(input);
        int factor = Backbone.TapStrides[from] / Backbone.TapStrides[like];
        if (factor > 1)
        {
            output = nn.functional.interpolate(output, [output.shape[2] * factor, output.shape[3] * factor], mode: InterpolationMode.Bilinear, align_corners: false);
            output = output.narrow(2, 0, taps[like].shape[2]).narrow(3, 0, taps[like].shape[3]);
        }
        return output.relu().MoveToOuterDisposeScope();
    }

    private static void RequireStrides(IReadOnlyList<int> strides)
    {
        bool fits = strides.Count == Backbone.TapCount && strides[0] == Stride && strides[1] == Stride;
        for (int i = 2; fits && i < strides.Count; i++)
            fits = strides[i] % strides[i - 1] == 0 && strides[i] >= strides[i - 1];
        if (!fits)
            throw new ArgumentException(
                $"The taps' strides are {string.Join(", ", strides)}; expected five, the first two 4, each a multiple of the one before.", nameof(strides));
    }
}
