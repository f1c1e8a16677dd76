using Microsoft.CodeAnalysis.CSharp;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Shapes;

namespace Microsoft.ML.IrNet.Tests.Notebooks;

/// <summary>Photographs for a notebook, and code that sets its parameters to them and to networks that learn in seconds.</summary>
internal static class NotebookExample
{
    /// <summary>For tour.ipynb; it writes to <c>out</c>.</summary>
    public static string Tour(TemporaryFolder folder)
    {
        var shapes = new ShapesDataSet(6, seed: 1);
        ShapesFolder.Write(shapes, folder.At("shapes", "photographs"));
        ShapesFolder.WriteMasks(shapes, folder.At("shapes", "masks"));
        return $"data = {Literal(folder.At("shapes"))}; output = {Literal(folder.At("out"))}; epochs = 1;";
    }

    /// <summary>For own-photographs.ipynb; it writes to <c>out</c>.</summary>
    public static (string Parameters, PhotographSet Photographs) OwnPhotographs(TemporaryFolder folder) => ($$"""
        folder = {{Literal(folder.At("photographs"))}};
        output = {{Literal(folder.At("out"))}};
        var tiny = new ResNetOptions { Depth = ResNetDepth.ResNet18, BaseWidth = 4, Normalisation = Normalisation.BatchNorm };
        camOptions = new() { Epochs = 1, BatchSize = 2, Backbone = tiny, BackboneWeights = null, FrozenStages = 0, Training = new() { CropSize = 64, ResizeLongMin = 64, ResizeLongMax = 64 }, Maps = new() { Scales = [1] } };
        irNetOptions = new() { Epochs = 1, BatchSize = 2, Backbone = tiny, BackboneWeights = null, Training = new() { CropSize = 64, Radius = 5, Canvas = 64 } };
        """, ShapesFolder.Write(new ShapesDataSet(6, seed: 1), folder.At("photographs")));

    private static string Literal(string path) => SymbolDisplay.FormatLiteral(path, quote: true);
}
