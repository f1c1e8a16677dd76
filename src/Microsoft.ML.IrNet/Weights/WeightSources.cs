namespace Microsoft.ML.IrNet.Weights;

/// <summary>The weights this library knows by name: torchvision's ResNets, trained on ImageNet-1K.</summary>
public static class WeightSources
{
    /// <summary>
    /// All of them. A plain name (<c>resnet18</c>, <c>resnet34</c>, <c>resnet50</c>, <c>resnet101</c>) is torchvision's IMAGENET1K_V1; <c>resnet50-v2</c> is its
    /// newer training recipe; <c>resnet50-2017</c> is the file the method's authors began with, with the values of <c>resnet50</c> in torch's oldest format.
    /// </summary>
    public static IReadOnlyList<WeightSource> Known { get; } =
    [
        TorchVision("resnet18", "resnet18-f37072fd.pth"),
        TorchVision("resnet34", "resnet34-b627a593.pth"),
        TorchVision("resnet50", "resnet50-0676ba61.pth"),
        TorchVision("resnet101", "resnet101-63fe2227.pth"),
        TorchVision("resnet50-v2", "resnet50-11ad3fa6.pth"),
        TorchVision("resnet50-2017", "resnet50-19c8e357.pth"),
    ];

    /// <summary>Finds weights by their name or file name, whatever the case.</summary>
    /// <exception cref="OptionException">No weights have that name; the message lists those that there are.</exception>
    public static WeightSource Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryFind(name)
            ?? throw new OptionException(name, $"is neither a weight file nor known weights; known are {string.Join(", ", Known.Select(source => source.Name))}.");
    }

    /// <summary>Finds weights by their name or file name, whatever the case; null where there are none.</summary>
    public static WeightSource? TryFind(string name) => Known.FirstOrDefault(source =>
        string.Equals(name, source.Name, StringComparison.OrdinalIgnoreCase) || string.Equals(name, source.FileName, StringComparison.OrdinalIgnoreCase));

    // torchvision's file names end in the first eight digits of their SHA-256.
    private static WeightSource TorchVision(string name, string file) =>
        new(name, new Uri("https://download.pytorch.org/models/" + file), file[(file.LastIndexOf('-') + 1)..file.LastIndexOf('.')], file);
}
